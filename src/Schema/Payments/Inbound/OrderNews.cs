using System.Collections.Frozen;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Refunds;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>Applies a Stripe event to its order.</summary>
internal static class OrderNews
{
    public static readonly FrozenSet<string> Types = FrozenSet.Create(
        EventTypes.PaymentIntentSucceeded,
        EventTypes.PaymentIntentPaymentFailed,
        EventTypes.PaymentIntentCanceled,
        EventTypes.ChargeRefunded,
        EventTypes.ChargeRefundUpdated,
        EventTypes.RefundCreated,
        EventTypes.RefundUpdated,
        EventTypes.RefundFailed,
        EventTypes.ChargeDisputeCreated,
        EventTypes.ChargeDisputeClosed);

    public static bool Concerns(Event said) => Types.Contains(said.Type) && said.Data is not null;

    /// <param name="database">The database, in a transaction.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="order">The order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="news">The event and its refunds.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the account, mode, payment, amount or currency does not match the order.</returns>
    public static Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        StripeNews news,
        CancellationToken cancellationToken)
    {
        if (news.Event.Account != order.PaymentAccount || news.Event.Livemode != order.Livemode)
            return Task.FromResult(false);
        return news.Event.Data.Object switch
        {
            PaymentIntent intent => PaymentNews.ApplyAsync(
                database, stamps, order, intent, cancellationToken),
            Dispute dispute => ApplyAsync(database, stamps, order, dispute, cancellationToken),
            _ => ApplyAsync(database, stamps, order, news.Refunds, cancellationToken),
        };
    }

    /// <summary>A refund, like a dispute, proves that the payment succeeded.</summary>
    private static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        IReadOnlyList<Stripe.Refund> refunds,
        CancellationToken cancellationToken)
    {
        await PaymentSettlement.SucceedAsync(database, stamps, order, cancellationToken);
        var isOurs = false;
        foreach (var refund in refunds.Where(r => r.PaymentIntentId == order.PaymentReference))
        {
            isOurs |= await RefundNews.ApplyAsync(
                database, stamps, order, refund, cancellationToken);
        }

        return isOurs;
    }

    private static async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        Dispute dispute,
        CancellationToken cancellationToken)
    {
        if (dispute.Currency != order.Currency
            || dispute.Amount <= 0
            || dispute.Amount > StripeUnits.ToStripe(order.TotalAmount, order.Currency))
            return false;
        await PaymentSettlement.SucceedAsync(database, stamps, order, cancellationToken);
        if (dispute.Status == "lost")
            LostDisputes.Apply(stamps, order);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }
}

/// <summary>A Stripe event and its refunds.</summary>
internal sealed record StripeNews(Event Event, IReadOnlyList<Stripe.Refund> Refunds);
