using Equaticket.Persistence.Payments;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Checkout;

/// <summary>
/// The process from cart to tickets. Free orders, and orders paid with the built-in test payment, are confirmed in
/// one transaction. With Stripe, the order and its hold are committed first, then Stripe is called with no
/// transaction open, then the response is recorded; a retry continues from the last commit.
/// </summary>
public sealed class CheckoutProcess(
    OrderPlacing placing, PaymentChoice payments, StripeCheckout stripe)
{
    internal async Task<CheckoutRow> RunAsync(
        OperationContext operation,
        WriteTransaction write,
        string? testPaymentMethod,
        CancellationToken cancellationToken)
    {
        var token = CheckoutToken.Create();
        if (write.Resumed is { } orderId)
        {
            var begun = await OrderLock.GetAsync(operation.Database, orderId, cancellationToken);
            // A token that was never returned is lost, because only its hash is stored; so a retry gets a new one.
            begun.CheckoutTokenHash = CheckoutToken.Hash(token);
            await operation.Database.SaveChangesAsync(cancellationToken);
            return await stripe.AskAsync(operation, write, begun, token);
        }

        var rows = write.Rows<CartRows>();
        var cart = CartReader.Assemble(rows);
        CartRules.Require(cart, operation.Stamps.Now());
        var means = await payments.ChooseAsync(operation, cart, cancellationToken);
        var purchase = new Purchase(
            cart, rows.Request.BuyerName, rows.Request.BuyerEmail, means.Provider, means.Account,
            CheckoutToken.Hash(token));
        if (means.Provider == PaymentProvider.Stripe)
        {
            var held = await placing.HoldAsync(operation, write, purchase, cancellationToken);
            return await stripe.AskAsync(operation, write, held, token);
        }

        var order = cart.Total == 0 || TestPayment.Accepts(testPaymentMethod)
            ? await placing.SellAsync(operation, write, purchase, cancellationToken)
            : await placing.DeclineAsync(operation, write, purchase, cancellationToken);
        return new CheckoutRow(order) { Token = token };
    }
}
