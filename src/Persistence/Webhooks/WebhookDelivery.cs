using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>
/// An event on its way to one webhook. Partitioned by day through the time in its id, and kept for 30
/// days. Unsent deliveries are also in the queue (<see cref="QueuedDelivery"/>).
/// </summary>
public sealed class WebhookDelivery : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid WebhookId { get; init; }

    /// <summary>The event; the payload is built from that row, identical on each attempt.</summary>
    public required Guid EventId { get; init; }

    public required WebhookEventType Type { get; init; }

    public WebhookDeliveryStatus Status { get; set; } = WebhookDeliveryStatus.Pending;

    /// <summary>JSON array of <see cref="WebhookDeliveryAttempt"/>, oldest first.</summary>
    public string Attempts { get; set; } = "[]";

    public required DateTimeOffset CreatedAt { get; init; }
}
