using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Checkout;

/// <summary>
/// A buyer's way from cart to tickets. What costs nothing, and what the built-in test payment pays,
/// is confirmed in one transaction. With Stripe the order and its hold commit first, then Stripe is
/// asked with no transaction open, then the answer is recorded; a retry goes on from there.
/// </summary>
public sealed class CheckoutProcess(
    OrderPlacing placing, PaymentChoice payments, StripeCheckout stripe)
{
    internal async Task<CheckoutRow> RunAsync(
        OperationContext operation,
        CartRequest request,
        string? testPaymentMethod,
        CancellationToken cancellationToken)
    {
        var token = CheckoutToken.Create();
        if (operation.ResumedSubject is { } orderId)
        {
            var begun = await OrderLock.GetAsync(operation.Database, orderId, cancellationToken);
            return await stripe.AskAsync(operation, begun, token, cancellationToken);
        }

        var cart = await CartReader.ReadAsync(operation.Database, request, cancellationToken);
        CartRules.Require(cart, operation.Stamps.Now());
        var means = await payments.ChooseAsync(operation, cart, cancellationToken);
        var order = await placing.HoldAsync(
            operation,
            new Purchase(cart, request.BuyerName, request.BuyerEmail, means.Provider, means.Account),
            cancellationToken);
        if (order.PaymentProvider == PaymentProvider.Stripe)
            return await stripe.AskAsync(operation, order, token, cancellationToken);
        order.CheckoutTokenHash = CheckoutToken.Hash(token);
        await PayAtOnceAsync(
            operation, order, TestPayment.Accepts(testPaymentMethod), cancellationToken);
        return new CheckoutRow(order) { Token = token };
    }

    /// <summary>Ends an order that needs no outside payment, one way or the other.</summary>
    internal static async Task PayAtOnceAsync(
        OperationContext operation,
        Order order,
        bool isAccepted,
        CancellationToken cancellationToken)
    {
        var (database, quantities) = (operation.Database, OrderLifecycle.Quantities(order));
        if (order.PaymentProvider is not null)
            order.PaymentReference = TestPayment.Reference(order);
        if (isAccepted || order.PaymentProvider is null)
        {
            var isSoldOut = await Stock.SellHeldAsync(database, quantities, cancellationToken);
            await OrderConfirmation.ConfirmAsync(
                database, operation.Stamps, order, isSoldOut == true, cancellationToken);
            return;
        }

        OrderLifecycle.Decline(order, operation.Stamps.Now());
        await database.SaveChangesAsync(cancellationToken);
        await Stock.ReleaseAsync(database, quantities, cancellationToken);
    }
}
