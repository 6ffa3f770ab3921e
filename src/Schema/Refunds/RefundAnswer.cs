using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>Records Stripe's answer to a refund that we asked for.</summary>
internal static class RefundAnswer
{
    /// <param name="database">In a transaction.</param>
    /// <param name="stamps">Give ids and times.</param>
    /// <param name="order">From <see cref="Payments.OrderLedger.LockAsync"/>.</param>
    /// <param name="refundId">The refund, of this order.</param>
    /// <param name="said">What Stripe says; null when it refuses.</param>
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
        // An event of Stripe's may have told meanwhile that it was made all the same.
        else if (refund.ProviderReference is null)
            await RefundOutcome.FailAsync(database, stamps, order, refund, cancellationToken);
    }
}
