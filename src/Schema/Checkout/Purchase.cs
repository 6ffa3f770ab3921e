using Equaticket.Persistence.Payments;

namespace Equaticket.Schema.Checkout;

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
