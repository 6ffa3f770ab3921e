using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>
/// A buyer's way from cart to tickets. What costs nothing, and what the built-in test payment pays,
/// is confirmed in one transaction. With Stripe the order and its hold commit first, then Stripe is
/// asked with no transaction open, then the answer is recorded; a retry goes on from there.
/// </summary>
public sealed class CheckoutProcess(
    OrderPlacing placing, PaymentChoice payments, StripeGateway stripe)
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
            return await AskStripeAsync(operation, begun, token, cancellationToken);
        }

        var cart = await CartReader.ReadAsync(operation.Database, request, cancellationToken);
        CartRules.Require(cart, operation.Stamps.Now());
        var means = await payments.ChooseAsync(operation, cart, cancellationToken);
        var purchase = new Purchase(
            cart, request.BuyerName, request.BuyerEmail, means.Provider, means.Account,
            CheckoutToken.Hash(token));
        if (means.Provider == PaymentProvider.Stripe)
        {
            var held = await placing.HoldAsync(operation, purchase, cancellationToken);
            return await AskStripeAsync(operation, held, token, cancellationToken);
        }

        var order = cart.Total == 0 || TestPayment.Accepts(testPaymentMethod)
            ? await placing.SellAsync(operation, purchase, cancellationToken)
            : await placing.DeclineAsync(operation, purchase, cancellationToken);
        return new CheckoutRow(order) { Token = token };
    }

    private async Task<CheckoutRow> AskStripeAsync(
        OperationContext operation, Order order, string token, CancellationToken cancellationToken)
    {
        // Of a token that nobody got only the hash is there, so a retry gets one of its own.
        order.CheckoutTokenHash = CheckoutToken.Hash(token);
        await operation.Database.SaveChangesAsync(cancellationToken);
        if (order.Status != OrderStatus.Pending)
            return new CheckoutRow(order) { Token = token };
        await operation.CommitStepAsync(order.Id);
        try
        {
            var intent = await stripe.CreateIntentAsync(order, cancellationToken);
            await operation.ContinueAsync(cancellationToken);
            await operation.Database.Orders.Where(o => o.Id == order.Id)
                .ExecuteUpdateAsync(
                    o => o.SetProperty(row => row.PaymentReference, intent.Id), cancellationToken);
            return new CheckoutRow(order)
            {
                Token = token,
                ClientSecret = intent.ClientSecret,
                PublishableKey = stripe.PublishableKey(order.Livemode),
            };
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unprocessable)
        {
            await FailAsync(operation, order.Id, cancellationToken);
            throw;
        }
    }

    /// <summary>Stripe will never take this payment: the stock goes back, whatever the answer.</summary>
    private static async Task FailAsync(
        OperationContext operation, Guid orderId, CancellationToken cancellationToken)
    {
        await operation.ContinueAsync(cancellationToken);
        operation.Database.ChangeTracker.Clear();
        var order = await OrderLock.GetAsync(operation.Database, orderId, cancellationToken);
        if (order.Status == OrderStatus.Pending)
        {
            OrderLifecycle.Decline(order, operation.Stamps.Now());
            await operation.Database.SaveChangesAsync(cancellationToken);
            await Stock.ReleaseAsync(
                operation.Database, OrderLifecycle.Quantities(order), cancellationToken);
        }

        await operation.CommitStepAsync(orderId);
    }
}
