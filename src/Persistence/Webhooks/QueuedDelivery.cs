using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>A delivery that is still to be sent. Small and short-lived, apart from the history.</summary>
public sealed class QueuedDelivery : ITenantOwned
{
    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid DeliveryId { get; init; }

    public required Guid WebhookId { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>How many attempts of the retry schedule were made.</summary>
    public int Step { get; set; }

    /// <summary>When it is to be sent.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until then whoever sends it has it to itself; null while nobody does.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}
