using System.Collections.Immutable;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.TicketTypes;

namespace Equaticket.Persistence.Events;

/// <summary>Something that tickets are sold for. Limits of the fields: docs/rest.md, "Events".</summary>
public sealed class Event : ITenantOwned, IChangingRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required string Title { get; set; }

    /// <summary><c>a-z0-9-</c>, unique per organization and mode.</summary>
    public required string Slug { get; set; }

    public string? Description { get; set; }

    public EventStatus Status { get; set; } = EventStatus.Draft;

    /// <summary>IANA name; says how people read the times, which are stored in UTC.</summary>
    public required string Timezone { get; set; }

    public required DateTimeOffset StartsAt { get; set; }

    /// <summary>After <see cref="StartsAt"/>, or null when the organizer gave no end.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>ISO 4217 in lower case; fixed once there is a ticket type.</summary>
    public required string Currency { get; set; }

    public string? VenueName { get; set; }

    public string? VenueAddress { get; set; }

    /// <summary>
    /// Whether the event is sold out, as pollers and webhooks were last told: kept in step with its
    /// ticket types, in the transaction that changes them.
    /// </summary>
    public bool SoldOutAnnounced { get; set; }

    /// <summary>When it was cancelled with refunds for all; null when that was not asked for.</summary>
    public DateTimeOffset? RefundsRequestedAt { get; set; }

    /// <summary>
    /// When a job is to go on with those refunds, and until when the one that does has the event to
    /// itself; null for at once.
    /// </summary>
    public DateTimeOffset? RefundsCheckAt { get; set; }

    /// <summary>The last order whose refund was opened; null at the start of a pass over them.</summary>
    public Guid? RefundsOpenedTo { get; set; }

    /// <summary>How many passes in a row have left orders without a refund.</summary>
    public int RefundsFailures { get; set; }

    /// <summary>When all of those refunds had been opened; null before.</summary>
    public DateTimeOffset? RefundsOpenedAt { get; set; }

    public ImmutableSortedDictionary<string, string> Metadata { get; set; } =
        Persistence.Metadata.Empty;

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>From 1; moves on edits and status changes, not on sales.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public ICollection<TicketType> TicketTypes { get; } = [];
}
