using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Stripe;

namespace Equaticket.Schema.Checkout;

/// <summary>
/// The part of a checkout that creates the payment in Stripe. The order and its hold are already committed; the
/// response is recorded afterwards, in a separate transaction.
/// </summary>
public sealed class StripeCheckout(StripeGateway stripe)
{
    /// <exception cref="ApiError">Stripe refuses the payment (422) or is unavailable (503).</exception>
    internal async Task<CheckoutRow> AskAsync(
        OperationContext operation,
        WriteTransaction write,
        Persistence.Orders.Order order,
        string token)
    {
        write.Subject = order.Id;
        if (order.Status != OrderStatus.Pending)
            return new CheckoutRow(order) { Token = token };
        await write.CommitStepAsync(order.Id);
        try
        {
            // The buyer may disconnect; the payment must be recorded anyway.
            var intent = await stripe.CreateIntentAsync(order, CancellationToken.None);
            return await RecordAsync(operation, write, order.Id, intent) with { Token = token };
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unprocessable)
        {
            await FailAsync(operation, write, order.Id);
            throw;
        }
    }

    /// <summary>The client secret of a checkout that waits for its payment, for a buyer who comes back.</summary>
    /// <returns>Null if there is nothing to pay, or if the payment is already being processed.</returns>
    /// <exception cref="ApiError">Stripe is unavailable (503).</exception>
    internal async Task<string?> SecretAsync(
        OperationContext operation, CheckoutRow row, CancellationToken cancellationToken)
    {
        if (!CanPay(row))
            return null;
        // Other queries must not wait for Stripe.
        operation.ReadPlace?.Dispose();
        var intent = await stripe.GetIntentAsync(row.Order, cancellationToken);
        return intent.Status.StartsWith("requires_", StringComparison.Ordinal) ? intent.ClientSecret : null;
    }

    internal string? KeyOf(CheckoutRow row) => CanPay(row) ? stripe.PublishableKey(row.Order.Livemode) : null;

    private static bool CanPay(CheckoutRow row) =>
        row.IsPayable && row.Order is { Status: OrderStatus.Pending, PaymentReference: not null };

    /// <summary>Meanwhile, the order may have expired or been paid; then there is nothing to pay.</summary>
    private async Task<CheckoutRow> RecordAsync(
        OperationContext operation, WriteTransaction write, Guid orderId, PaymentIntent intent)
    {
        var order = await LockAsync(operation, write, orderId);
        order.PaymentReference ??= intent.Id;
        await operation.Database.SaveChangesAsync(CancellationToken.None);
        return order.Status == OrderStatus.Pending
            ? new CheckoutRow(order)
            {
                ClientSecret = intent.ClientSecret,
                PublishableKey = stripe.PublishableKey(order.Livemode),
            }
            : new CheckoutRow(order);
    }

    /// <summary>Releases the stock, because Stripe will never accept this payment.</summary>
    private static async Task FailAsync(OperationContext operation, WriteTransaction write, Guid orderId)
    {
        var order = await LockAsync(operation, write, orderId);
        await PaymentSettlement.DeclineAsync(
            operation.Database, operation.Stamps, order, CancellationToken.None);
        await write.CommitStepAsync(orderId);
    }

    private static async Task<Persistence.Orders.Order> LockAsync(
        OperationContext operation, WriteTransaction write, Guid orderId)
    {
        await write.ContinueAsync(CancellationToken.None);
        operation.Database.ChangeTracker.Clear();
        return await OrderLock.GetAsync(operation.Database, orderId, CancellationToken.None);
    }
}
