using System.Collections.Immutable;
using System.ComponentModel;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.TicketTypes;

namespace Equaticket.Persistence.Events;

/// <summary>An event that sells tickets. For field limits, see docs/rest.md, "Events".</summary>
public sealed class Event : TenantEntity, IChangingRow
{
    public required string Title { get; set; }

    /// <summary><c>a-z0-9-</c>, unique per organization and mode.</summary>
    public required string Slug { get; set; }

    public string? Description { get; set; }

    public EventStatus Status { get; set; } = EventStatus.Draft;

    /// <summary>The IANA name of the time zone in which the times, stored in UTC, are displayed.</summary>
    public required string Timezone { get; set; }

    public required DateTimeOffset StartsAt { get; set; }

    /// <summary>After <see cref="StartsAt"/>, or null if the organizer set no end.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>ISO 4217 in lower case; fixed once the event has a ticket type.</summary>
    public required string Currency { get; set; }

    public string? VenueName { get; set; }

    public string? VenueAddress { get; set; }

    /// <summary>
    /// Whether the event is sold out, as pollers and webhooks last saw it. Updated in the transactions that change the
    /// event's ticket types.
    /// </summary>
    public bool SoldOutAnnounced { get; set; }

    /// <summary>When the event was cancelled with refunds for all orders; null if refunds were not requested.</summary>
    public DateTimeOffset? RefundsRequestedAt { get; set; }

    /// <summary>
    /// When a job should continue the refunds, or when the running job's claim ends; null for immediately.
    /// </summary>
    public DateTimeOffset? RefundsCheckAt { get; set; }

    /// <summary>The last order whose refund was opened; null at the start of a pass over the orders.</summary>
    public Guid? RefundsOpenedTo { get; set; }

    /// <summary>The number of consecutive passes that left orders without a refund.</summary>
    public int RefundsFailures { get; set; }

    /// <summary>When the last of the refunds was opened; null before then.</summary>
    public DateTimeOffset? RefundsOpenedAt { get; set; }

    public ImmutableSortedDictionary<string, string> Metadata { get; set; } =
        Persistence.Metadata.Empty;

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>Starts at 1; incremented on edits and status changes, not on sales.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public ICollection<TicketType> TicketTypes { get; } = [];
}

[Description("The status of an event: draft, then published, then possibly cancelled.")]
public enum EventStatus
{
    [Description("Not yet public and not on sale.")]
    Draft,

    [Description("Public and on sale until it ends.")]
    Published,

    [Description("Permanently cancelled; sales have stopped.")]
    Cancelled,
}
