using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Persistence.Webhooks;

/// <summary>Notifies this host after a commit that there may be deliveries to send.</summary>
public sealed class WebhookSignal
{
    /// <summary>Raised on the thread that committed: handlers must return quickly and never throw.</summary>
    public event EventHandler? Raised;

    public void Raise() => Raised?.Invoke(this, EventArgs.Empty);
}

/// <summary>Raises the signal after a transaction that queued deliveries commits.</summary>
internal sealed class WebhookCommitInterceptor(WebhookSignal signal) : DbTransactionInterceptor
{
    public override void TransactionCommitted(
        DbTransaction transaction, TransactionEndEventData eventData) => Raise(eventData);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        Raise(eventData);
        return Task.CompletedTask;
    }

    private void Raise(TransactionEndEventData eventData)
    {
        if (eventData.Context is not EquaticketDbContext { QueuesDeliveries: true } database)
            return;
        database.QueuesDeliveries = false;
        signal.Raise();
    }
}
