using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Payments;

/// <summary>Chooses the payment provider for a checkout.</summary>
public sealed class PaymentChoice(StripeGateway stripe)
{
    /// <exception cref="ApiError">
    /// The checkout is live, but the organization cannot take payments through Stripe.
    /// </exception>
    internal async Task<PaymentMeans> ChooseAsync(
        OperationContext operation, Cart cart, CancellationToken cancellationToken)
    {
        var livemode = operation.Tenant.Livemode;
        if (cart.Total == 0 || (!livemode && !stripe.IsConfigured(livemode)))
            return PaymentMeans.Test;
        var account = await operation.Database.StripeAccounts
            .SingleOrDefaultAsync(a => a.ChargesEnabled, cancellationToken);
        if (account?.AccountId is { } id && stripe.IsConfigured(livemode))
            return new PaymentMeans(PaymentProvider.Stripe, id);
        return livemode
            ? throw ApiError.Unprocessable("This event cannot take payments at the moment.")
            : PaymentMeans.Test;
    }
}

/// <summary>The provider of a payment, and the connected account.</summary>
internal sealed record PaymentMeans(PaymentProvider Provider, string? Account)
{
    public static PaymentMeans Test { get; } = new(PaymentProvider.Test, null);
}

/// <summary>
/// The built-in test payment, which moves no money. Its payment methods are named after Stripe's test payment methods.
/// </summary>
internal static class TestPayment
{
    public const string Accepted = "pm_card_visa";
    public const string Declined = "pm_card_chargeDeclined";

    /// <param name="method">The buyer's choice; null for the method that succeeds.</param>
    /// <exception cref="ApiError">The method does not exist.</exception>
    public static bool Accepts(string? method) => method switch
    {
        null or Accepted => true,
        Declined => false,
        _ => throw ApiError.Validation(
            "paymentMethod", $"The test payment only supports {Accepted} and {Declined}."),
    };

    public static string Reference(Order order) => $"test_{order.Id:N}";
}
