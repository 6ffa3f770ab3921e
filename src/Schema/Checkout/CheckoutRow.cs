using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;

namespace Equaticket.Schema.Checkout;

/// <summary>A checkout as its buyer sees it.</summary>
public sealed record CheckoutRow(Order Order)
{
    /// <summary>Only in the answer to the checkout itself.</summary>
    public string? Token { get; init; }

    /// <summary>What the buyer's browser pays with; only in the answer to the checkout itself.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Stripe's key of the platform, for the buyer's browser.</summary>
    public string? PublishableKey { get; init; }

    /// <summary>The tickets, once there are any.</summary>
    public IReadOnlyList<Attendee> Tickets =>
        [.. Order.Attendees.OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];
}
