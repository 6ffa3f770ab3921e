using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Persistence;

/// <summary>
/// Acts on what a transaction did, once it has committed, by itself or with the last of its statements
/// (<see cref="StatementBatch.CommitAsync"/>).
/// </summary>
internal abstract class CommitInterceptor : DbTransactionInterceptor
{
    /// <summary>Runs after the commit. Must return quickly and never throw.</summary>
    /// <param name="database">The context of the transaction.</param>
    public abstract void OnCommitted(EquaticketDbContext database);

    public override void TransactionCommitted(
        DbTransaction transaction, TransactionEndEventData eventData) => Note(eventData);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        Note(eventData);
        return Task.CompletedTask;
    }

    private void Note(TransactionEndEventData eventData)
    {
        if (eventData.Context is EquaticketDbContext database)
            OnCommitted(database);
    }
}
