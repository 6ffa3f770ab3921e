using System.Collections.Immutable;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.TicketTypes;

/// <summary>A kind of ticket for an event, with its price and stock.</summary>
public sealed class TicketType : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public Guid EventId { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>In the currency's smallest unit; 0 is free.</summary>
    public required long Price { get; set; }

    /// <summary>Always the event's.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The number that may be sold; null for unlimited.</summary>
    public int? QuantityTotal { get; set; }

    /// <summary>Tickets of confirmed orders.</summary>
    public int QuantitySold { get; set; }

    /// <summary>Tickets held by checkouts in progress.</summary>
    public int QuantityHeld { get; set; }

    /// <summary>The number still available; null for unlimited.</summary>
    public int? QuantityAvailable => QuantityTotal - QuantitySold - QuantityHeld;

    public required int MinPerOrder { get; set; }

    public required int MaxPerOrder { get; set; }

    /// <summary>When sales start; null for immediately.</summary>
    public DateTimeOffset? SalesStartAt { get; set; }

    /// <summary>When sales end; null for as long as the event's sales last.</summary>
    public DateTimeOffset? SalesEndAt { get; set; }

    /// <summary>The position among the event's ticket types, from 0.</summary>
    public int Position { get; set; }

    public ImmutableSortedDictionary<string, string> Metadata { get; set; } =
        Persistence.Metadata.Empty;

    /// <summary>Starts at 1; incremented on edits, not on sales.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public Event? Event { get; }
}
