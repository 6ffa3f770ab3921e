using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;

namespace Equaticket.Schema.Checkout;

/// <summary>A checkout as shown to its buyer.</summary>
public sealed record CheckoutRow(Order Order)
{
    /// <summary>Set only in the response to the checkout itself.</summary>
    public string? Token { get; init; }

    /// <summary>The client secret for the buyer's browser; set only in the response to the checkout itself.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The platform's publishable Stripe key, for the buyer's browser.</summary>
    public string? PublishableKey { get; init; }

    /// <summary>The tickets, once the order is confirmed.</summary>
    public IReadOnlyList<Attendee> Tickets =>
        [.. Order.Attendees.OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];
}
