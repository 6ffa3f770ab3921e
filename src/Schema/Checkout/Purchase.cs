using Equaticket.Persistence.Payments;

namespace Equaticket.Schema.Checkout;

/// <summary>A valid cart, and how it is paid.</summary>
/// <param name="Cart">The cart.</param>
/// <param name="BuyerName">The buyer's name.</param>
/// <param name="BuyerEmail">The address for the tickets.</param>
/// <param name="Provider">Who processes the payment; null if there is nothing to pay.</param>
/// <param name="Account">The connected account, with Stripe.</param>
/// <param name="TokenHash">The hash of the buyer's token; null without a buyer.</param>
internal sealed record Purchase(
    Cart Cart,
    string BuyerName,
    string BuyerEmail,
    PaymentProvider Provider,
    string? Account,
    byte[]? TokenHash);
