using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>Applies the state of a payment at Stripe, whether polled or received as an event.</summary>
internal static class PaymentSync
{
    /// <param name="database">The database, in a transaction.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="order">The order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="intent">The payment at Stripe.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the payment does not match this order.</returns>
    public static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        PaymentIntent intent,
        CancellationToken cancellationToken)
    {
        if (!IsOf(order, intent))
            return false;
        order.PaymentReference ??= intent.Id;
        if (intent.Status == "succeeded")
            await PaymentSettlement.SucceedAsync(database, stamps, order, cancellationToken);
        else if (intent.Status == "canceled")
            await PaymentSettlement.CancelAsync(database, stamps, order, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static bool IsOf(Order order, PaymentIntent intent)
    {
        var amount = StripeUnits.ToStripe(order.TotalAmount, order.Currency);
        return intent.Id == (order.PaymentReference ?? intent.Id)
            && intent.Amount == amount
            && intent.Currency == order.Currency
            && (intent.Status != "succeeded" || intent.AmountReceived == amount);
    }
}
