using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Payments;
using Refund = Equaticket.Persistence.Refunds.Refund;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Applies the state of a refund at Stripe, whether polled or received as an event, and whether created by Equaticket
/// or in Stripe. Repeated or outdated states change nothing.
/// </summary>
internal static class RefundSync
{
    private static readonly TimeSpan NextLook = TimeSpan.FromHours(1);

    /// <param name="database">The database, in a transaction.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="order">The paid order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="stripeRefund">The refund at Stripe.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the refund does not match this order.</returns>
    public static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        StripeRefund stripeRefund,
        CancellationToken cancellationToken)
    {
        if (stripeRefund.Currency != order.Currency
            || StripeUnits.FromStripe(stripeRefund.Amount, order.Currency) is not (> 0 and var amount))
            return false;
        var refund = Find(order, stripeRefund) ?? Adopt(database, stamps, order, stripeRefund, amount);
        if (refund is null || refund.Amount != amount)
            return false;
        refund.ProviderReference ??= stripeRefund.Id;
        switch (StatusOf(stripeRefund))
        {
            case RefundStatus.Succeeded:
                await RefundOutcome.SucceedAsync(
                    database, stamps, order, refund, cancellationToken);
                break;
            case RefundStatus.Failed:
                await RefundOutcome.FailAsync(database, stamps, order, refund, cancellationToken);
                break;
            default:
                if (refund.Status == RefundStatus.Pending)
                    refund.NextAttemptAt = stamps.Now() + NextLook;
                break;
        }

        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// With some payment methods, money takes days to arrive. The refund is pending until Stripe confirms it.
    /// </summary>
    private static RefundStatus StatusOf(StripeRefund stripeRefund) => stripeRefund.Status switch
    {
        "succeeded" => RefundStatus.Succeeded,
        "failed" or "canceled" => RefundStatus.Failed,
        _ => RefundStatus.Pending,
    };

    /// <summary>Finds the Equaticket refund, which may not have Stripe's id yet.</summary>
    private static Refund? Find(Order order, StripeRefund stripeRefund) =>
        order.Refunds.FirstOrDefault(refund => refund.ProviderReference == stripeRefund.Id)
        ?? order.Refunds.FirstOrDefault(refund =>
            refund is { ProviderReference: null, Status: RefundStatus.Pending }
            && StripeRefunds.IsOf(stripeRefund, refund));

    /// <summary>Records a refund that was made in Stripe.</summary>
    private static Refund? Adopt(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        StripeRefund stripeRefund,
        long amount)
    {
        if (amount > order.TotalAmount)
            return null;
        var tickets = StatusOf(stripeRefund) == RefundStatus.Failed ? [] : TicketsOf(order, stripeRefund, amount);
        var refund = RefundOpening.Open(
            database, stamps, order,
            new RefundDraft(RefundOrigin.Stripe) { Amount = amount, ProviderReference = stripeRefund.Id });
        RefundOpening.Assign(order, refund, tickets);
        return refund;
    }

    /// <summary>
    /// The tickets in the refund's metadata; otherwise all remaining tickets if nothing is left of the payment;
    /// otherwise none.
    /// </summary>
    private static List<Attendee> TicketsOf(Order order, StripeRefund stripeRefund, long amount)
    {
        var tickets = OrderLedger.Refundable(order);
        var named = (stripeRefund.Metadata?.GetValueOrDefault(StripeMetadata.AttendeeIds) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var chosen = tickets.FindAll(ticket => named.Contains(ticket.Id.ToString()));
        if (chosen.Count > 0)
            return chosen;
        return amount >= OrderLedger.Left(order) ? tickets : [];
    }
}

/// <summary>Records Stripe's response to a refund request.</summary>
internal static class RefundAnswer
{
    /// <param name="database">The database, in a transaction.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="order">The order, locked by <see cref="Payments.OrderLedger.LockAsync"/>.</param>
    /// <param name="refundId">The refund, which belongs to the order.</param>
    /// <param name="stripeRefund">The refund at Stripe; null if Stripe rejected the request.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if Stripe's refund does not match the request.</returns>
    public static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        Guid refundId,
        StripeRefund? stripeRefund,
        CancellationToken cancellationToken)
    {
        if (stripeRefund is not null)
            return await RefundSync.ApplyAsync(database, stamps, order, stripeRefund, cancellationToken);
        var refund = order.Refunds.Single(r => r.Id == refundId);
        // A Stripe event may have reported in the meantime that the refund was created after all.
        if (refund.ProviderReference is null)
            await RefundOutcome.FailAsync(database, stamps, order, refund, cancellationToken);
        return true;
    }
}
