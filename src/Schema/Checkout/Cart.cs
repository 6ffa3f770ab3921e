using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.TicketTypes;

namespace Equaticket.Schema.Checkout;

/// <summary>The tickets a buyer wants to buy, with the rows they refer to.</summary>
/// <param name="Event">The event.</param>
/// <param name="Lines">The tickets of each type, in the buyer's order.</param>
internal sealed record Cart(Event Event, IReadOnlyList<CartLine> Lines)
{
    public long Total => Lines.Sum(line => line.Type.Price * line.Quantity);

    public Guid[] TypeIds => [.. Lines.Select(line => line.Type.Id)];

    public List<Quantity> Quantities =>
        [.. Lines.Select(line => new Quantity(line.Type.Id, line.Quantity, line.Type.Version))];
}

/// <summary>A number of tickets of one type.</summary>
/// <param name="Type">The ticket type.</param>
/// <param name="Quantity">At least 1.</param>
/// <param name="Named">The named attendees, for the first tickets.</param>
internal sealed record CartLine(
    TicketType Type, int Quantity, IReadOnlyList<NamedAttendee> Named);

/// <summary>The input of a checkout, or of a simulated one.</summary>
internal interface ICartInput
{
    CartRequest ToRequest();
}

/// <summary>A buyer's request.</summary>
internal sealed record CartRequest(
    Guid EventId,
    string BuyerName,
    string BuyerEmail,
    IReadOnlyList<CartRequestItem> Items);

internal sealed record CartRequestItem(
    Guid TicketTypeId, int Quantity, IReadOnlyList<NamedAttendee> Named);

/// <summary>A valid cart and its payment method.</summary>
/// <param name="Cart">The cart.</param>
/// <param name="BuyerName">The buyer's name.</param>
/// <param name="BuyerEmail">The email address to send the tickets to.</param>
/// <param name="Provider">The payment provider; ignored if the cart is free.</param>
/// <param name="Account">The connected Stripe account; null without Stripe.</param>
/// <param name="TokenHash">The hash of the buyer's token; null without a buyer.</param>
internal sealed record Purchase(
    Cart Cart,
    string BuyerName,
    string BuyerEmail,
    PaymentProvider Provider,
    string? Account,
    byte[]? TokenHash);
