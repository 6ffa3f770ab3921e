namespace Equaticket.Persistence.Webhooks;

/// <summary>Notifies this host after a commit that there may be deliveries to send.</summary>
public sealed class WebhookSignal
{
    /// <summary>Raised on the thread that committed: handlers must return quickly and never throw.</summary>
    public event EventHandler? Raised;

    public void Raise() => Raised?.Invoke(this, EventArgs.Empty);
}

/// <summary>Raises the signal after a transaction that queued deliveries commits.</summary>
internal sealed class WebhookCommitInterceptor(WebhookSignal signal) : CommitInterceptor
{
    public override void OnCommitted(EquaticketDbContext database)
    {
        if (!database.QueuesDeliveries)
            return;
        database.QueuesDeliveries = false;
        signal.Raise();
    }
}
