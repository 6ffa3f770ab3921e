using Equaticket.Persistence.Payments;

namespace Equaticket.Schema.Checkout;

/// <summary>A cart that may be bought, and how it is paid.</summary>
/// <param name="Cart">What is bought.</param>
/// <param name="BuyerName">Who buys.</param>
/// <param name="BuyerEmail">Where the tickets go.</param>
/// <param name="Provider">Who takes the payment, if there is anything to pay.</param>
/// <param name="Account">The connected account, with Stripe.</param>
/// <param name="TokenHash">Of the token that the buyer gets; null where there is no buyer.</param>
internal sealed record Purchase(
    Cart Cart,
    string BuyerName,
    string BuyerEmail,
    PaymentProvider Provider,
    string? Account,
    byte[]? TokenHash);
