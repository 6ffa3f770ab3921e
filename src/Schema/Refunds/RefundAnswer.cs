using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>Records Stripe's response to a refund request.</summary>
internal static class RefundAnswer
{
    /// <param name="database">In a transaction.</param>
    /// <param name="stamps">Provide ids and times.</param>
    /// <param name="order">From <see cref="Payments.OrderLedger.LockAsync"/>.</param>
    /// <param name="refundId">The refund, of this order.</param>
    /// <param name="said">Stripe's data; null if it refused.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        Guid refundId,
        StripeRefund? said,
        CancellationToken cancellationToken)
    {
        var refund = order.Refunds.Single(r => r.Id == refundId);
        if (said is not null)
            await RefundNews.ApplyAsync(database, stamps, order, said, cancellationToken);
        // A Stripe event may have reported meanwhile that it succeeded anyway.
        else if (refund.ProviderReference is null)
            await RefundOutcome.FailAsync(database, stamps, order, refund, cancellationToken);
    }
}
