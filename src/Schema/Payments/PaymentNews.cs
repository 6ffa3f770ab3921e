using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>Applies the state of a payment at Stripe, whether polled or received as an event.</summary>
internal static class PaymentNews
{
    /// <param name="database">The database, in a transaction.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="order">The order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="said">The payment at Stripe.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the payment does not match this order.</returns>
    public static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        PaymentIntent said,
        CancellationToken cancellationToken)
    {
        if (!IsOf(order, said))
            return false;
        order.PaymentReference ??= said.Id;
        if (said.Status == "succeeded")
            await PaymentSettlement.SucceedAsync(database, stamps, order, cancellationToken);
        else if (said.Status == "canceled")
            await PaymentSettlement.CancelAsync(database, stamps, order, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static bool IsOf(Order order, PaymentIntent said)
    {
        var amount = StripeUnits.ToStripe(order.TotalAmount, order.Currency);
        return said.Id == (order.PaymentReference ?? said.Id)
            && said.Amount == amount
            && said.Currency == order.Currency
            && (said.Status != "succeeded" || said.AmountReceived == amount);
    }
}
