using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>Something that happened, committed together with its cause, to be told by webhooks.</summary>
public sealed class WebhookEvent : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required WebhookEventType Type { get; init; }

    /// <summary>The <c>data</c> of the payload, JSON.</summary>
    public required string Data { get; init; }

    /// <summary>The event of the organizer at which it happened, for who follows that; null for none.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The order that the data tells of, by which buyer data is found; null for others.</summary>
    public Guid? OrderId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
