using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>What an order holds of one ticket type, at the name and price of that moment.</summary>
public sealed class OrderItem : ITenantOwned
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid OrderId { get; init; }

    /// <summary>
    /// The ticket type. No foreign key: a type of which nothing was sold may be removed, and the
    /// orders that expired or failed remain.
    /// </summary>
    public required Guid TicketTypeId { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>In the order's currency's smallest unit.</summary>
    public required long UnitPrice { get; init; }

    /// <summary>Where it stands in the order, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>
    /// Who the tickets are for, as far as the buyer said; kept until the tickets are made, and then
    /// on them alone.
    /// </summary>
    public IReadOnlyList<NamedAttendee> Named { get; set; } = [];
}
