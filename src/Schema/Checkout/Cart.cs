using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.TicketTypes;

namespace Equaticket.Schema.Checkout;

/// <summary>What a buyer wants, with the rows that it names.</summary>
/// <param name="Event">The event.</param>
/// <param name="Lines">What of each ticket type, in the buyer's order.</param>
internal sealed record Cart(Event Event, IReadOnlyList<CartLine> Lines)
{
    public long Total => Lines.Sum(line => line.Type.Price * line.Quantity);

    public Guid[] TypeIds => [.. Lines.Select(line => line.Type.Id)];

    public List<Quantity> Quantities =>
        [.. Lines.Select(line => new Quantity(line.Type.Id, line.Quantity, line.Type.Version))];
}

/// <summary>So many tickets of one type.</summary>
/// <param name="Type">The ticket type.</param>
/// <param name="Quantity">From 1.</param>
/// <param name="Named">Who the first of them are for.</param>
internal sealed record CartLine(
    TicketType Type, int Quantity, IReadOnlyList<NamedAttendee> Named);

/// <summary>What a buyer asks for, from a checkout or its simulation.</summary>
internal sealed record CartRequest(
    Guid EventId,
    string BuyerName,
    string BuyerEmail,
    IReadOnlyList<CartRequestItem> Items);

internal sealed record CartRequestItem(
    Guid TicketTypeId, int Quantity, IReadOnlyList<NamedAttendee> Named);
