using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>A delivery that has not been sent yet. Small and short-lived, separate from the history.</summary>
public sealed class QueuedDelivery : ITenantOwned
{
    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid DeliveryId { get; init; }

    public required Guid WebhookId { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>The number of attempts of the retry schedule made so far.</summary>
    public int Step { get; set; }

    /// <summary>When it is due.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When the sender's claim on it ends; null while it is unclaimed.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}
