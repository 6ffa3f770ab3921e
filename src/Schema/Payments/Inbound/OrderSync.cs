using System.Collections.Frozen;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Refunds;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>Applies a Stripe event to its order.</summary>
internal static class OrderSync
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

    public static bool Concerns(Event stripeEvent) => Types.Contains(stripeEvent.Type) && stripeEvent.Data is not null;

    /// <param name="database">The database, in a transaction.</param>
    /// <param name="stamps">Provides ids and times.</param>
    /// <param name="order">The order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="received">The event and its refunds.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if the account, mode, payment, amount, or currency does not match the order.</returns>
    public static Task<bool> ApplyAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        ReceivedEvent received,
        CancellationToken cancellationToken)
    {
        if (received.Event.Account != order.PaymentAccount || received.Event.Livemode != order.Livemode)
            return Task.FromResult(false);
        return received.Event.Data.Object switch
        {
            PaymentIntent intent => PaymentSync.ApplyAsync(
                database, stamps, order, intent, cancellationToken),
            Dispute dispute => ApplyAsync(database, stamps, order, dispute, cancellationToken),
            _ => ApplyAsync(database, stamps, order, received.Refunds, cancellationToken),
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
            isOurs |= await RefundSync.ApplyAsync(
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
internal sealed record ReceivedEvent(Event Event, IReadOnlyList<Stripe.Refund> Refunds);
