using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;

namespace Equaticket.Schema.Checkout;

/// <summary>A checkout as shown to its buyer.</summary>
public sealed record CheckoutRow(Order Order)
{
    /// <summary>Set only in the response to the checkout itself.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the buyer can still pay, so that Stripe may be asked for the client secret again.</summary>
    public bool IsPayable { get; init; }

    /// <summary>The client secret for the buyer's browser. Set only in the response to the checkout itself.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The platform's publishable Stripe key, for the buyer's browser.</summary>
    public string? PublishableKey { get; init; }

    public IReadOnlyList<OrderItem> LineItems => [.. Order.Items.OrderBy(item => item.Position)];

    /// <summary>The tickets, once the order is confirmed.</summary>
    public IReadOnlyList<Attendee> Tickets =>
        [.. Order.Attendees.OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];
}
