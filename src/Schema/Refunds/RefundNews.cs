using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Payments;
using Refund = Equaticket.Persistence.Refunds.Refund;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Applies what Stripe says of a refund, asked or told, whoever made it. Saying it again, or later
/// than something newer, changes nothing.
/// </summary>
internal static class RefundNews
{
    private static readonly TimeSpan NextLook = TimeSpan.FromHours(1);

    /// <param name="database">In a transaction.</param>
    /// <param name="stamps">Give ids and times.</param>
    /// <param name="order">The paid order, from <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="said">What Stripe says.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>False when it cannot be a refund of this order.</returns>
    public static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        StripeRefund said,
        CancellationToken cancellationToken)
    {
        if (said.Currency != order.Currency
            || StripeUnits.FromStripe(said.Amount, order.Currency) is not (> 0 and var amount))
            return false;
        var refund = Find(order, said) ?? Adopt(database, stamps, order, said, amount);
        if (refund is null || refund.Amount != amount)
            return false;
        refund.ProviderReference ??= said.Id;
        switch (StatusOf(said))
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
    /// Money of some methods takes days: until Stripe knows that it arrived the refund is pending.
    /// </summary>
    private static RefundStatus StatusOf(StripeRefund said) => said.Status switch
    {
        "succeeded" => RefundStatus.Succeeded,
        "failed" or "canceled" => RefundStatus.Failed,
        _ => RefundStatus.Pending,
    };

    /// <summary>Our record of it; one of ours may not know Stripe's id yet.</summary>
    private static Refund? Find(Order order, StripeRefund said) =>
        order.Refunds.FirstOrDefault(refund => refund.ProviderReference == said.Id)
        ?? order.Refunds.FirstOrDefault(refund =>
            refund is { ProviderReference: null, Status: RefundStatus.Pending }
            && StripeRefunds.IsOf(said, refund));

    /// <summary>Records a refund that was made in Stripe.</summary>
    private static Refund? Adopt(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        StripeRefund said,
        long amount)
    {
        if (amount > order.TotalAmount)
            return null;
        var tickets = StatusOf(said) == RefundStatus.Failed ? [] : TicketsOf(order, said, amount);
        var refund = RefundOpening.Open(
            database, stamps, order,
            new RefundDraft(RefundOrigin.Stripe) { Amount = amount, ProviderReference = said.Id });
        RefundOpening.Assign(order, refund, tickets);
        return refund;
    }

    /// <summary>
    /// The tickets that its metadata names; else all that remain when nothing is left of the payment;
    /// else none.
    /// </summary>
    private static List<Attendee> TicketsOf(Order order, StripeRefund said, long amount)
    {
        var tickets = OrderLedger.Refundable(order);
        var named = (said.Metadata?.GetValueOrDefault(StripeMetadata.AttendeeIds) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var chosen = tickets.FindAll(ticket => named.Contains(ticket.Id.ToString()));
        if (chosen.Count > 0)
            return chosen;
        return amount >= OrderLedger.Left(order) ? tickets : [];
    }
}
