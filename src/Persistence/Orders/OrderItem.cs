using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>The tickets of one type in an order, with name and price at the time of purchase.</summary>
public sealed class OrderItem : ITenantOwned
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid OrderId { get; init; }

    /// <summary>
    /// The ticket type. No foreign key: a type without sales may be removed while
    /// expired and failed orders remain.
    /// </summary>
    public required Guid TicketTypeId { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>In the order's currency's smallest unit.</summary>
    public required long UnitPrice { get; init; }

    /// <summary>The position in the order, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>
    /// The attendees that the buyer named; kept until the tickets are created, and then
    /// on them alone.
    /// </summary>
    public IReadOnlyList<NamedAttendee> Named { get; set; } = [];
}
