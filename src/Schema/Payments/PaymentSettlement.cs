using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.TicketTypes;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Records the outcome of an order's Stripe payment. The order must be locked by <see cref="OrderLedger.LockAsync"/>.
/// Recording an outcome twice changes nothing.
/// </summary>
internal static class PaymentSettlement
{
    /// <summary>
    /// Records that the buyer paid. During the hold, the payment confirms the order unless the event was cancelled.
    /// After the hold, it confirms the order only if all tickets are available again and the event is still on sale.
    /// Otherwise, the payment is refunded.
    /// </summary>
    public static async Task SucceedAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        CancellationToken cancellationToken)
    {
        if (order.PaymentStatus == PaymentStatus.Succeeded)
            return;
        if (await TakeStockAsync(database, stamps, order, cancellationToken) is { } isTypeSoldOut)
        {
            await OrderConfirmation.ConfirmAsync(
                database, stamps, order, isTypeSoldOut, cancellationToken);
            return;
        }

        await RefundLateAsync(database, stamps, order, cancellationToken);
    }

    /// <summary>Records that the payment was cancelled and can no longer succeed.</summary>
    public static async Task CancelAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        CancellationToken cancellationToken)
    {
        if (order.PaymentStatus != PaymentStatus.Pending)
            return;
        order.PaymentStatus = PaymentStatus.Cancelled;
        order.PaymentCheckAt = null;
        if (order.Status == OrderStatus.Pending)
        {
            await OrderLifecycle.EndAsync(database, stamps, order, OrderStatus.Failed, cancellationToken);
            return;
        }

        OrderLifecycle.Touch(order, stamps.Now());
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Records that Stripe will never accept the payment.</summary>
    public static async Task DeclineAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        CancellationToken cancellationToken)
    {
        if (order.PaymentStatus != PaymentStatus.Pending)
            return;
        order.PaymentStatus = PaymentStatus.Failed;
        order.PaymentCheckAt = null;
        if (order.Status == OrderStatus.Pending)
            await OrderLifecycle.EndAsync(database, stamps, order, OrderStatus.Failed, cancellationToken);
        else
            await database.SaveChangesAsync(cancellationToken);
    }

    /// <remarks>
    /// Cancelling an event locks its ticket types first. Locking them here prevents the event's status from changing
    /// until this transaction commits.
    /// </remarks>
    /// <returns>Whether a ticket type is sold out; null if the tickets are not available.</returns>
    private static async Task<bool?> TakeStockAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        CancellationToken cancellationToken)
    {
        var quantities = OrderLifecycle.Quantities(order);
        await RowLocks.StockAsync(
            database, [.. quantities.Select(quantity => quantity.TicketTypeId)], cancellationToken);
        var row = await database.Events.SingleAsync(e => e.Id == order.EventId, cancellationToken);
        await using var batch = new StatementBatch(database);
        if (order.Status != OrderStatus.Pending)
        {
            return CartRules.IsOnSale(row, stamps.Now())
                ? await Stock.SellAsync(batch, order.EventId, quantities, cancellationToken)
                : null;
        }

        if (row.Status != EventStatus.Cancelled)
            return await Stock.SellHeldAsync(batch, order.EventId, quantities, cancellationToken);
        await OrderLifecycle.EndAsync(database, stamps, order, OrderStatus.Expired, cancellationToken);
        return null;
    }

    private static Task RefundLateAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        order.PaymentStatus = PaymentStatus.Succeeded;
        order.PaymentCheckAt = null;
        order.CapturedAmount = order.TotalAmount;
        order.DifferenceAmount += order.TotalAmount;
        var refund = RefundOpening.Open(
            database, stamps, order,
            new RefundDraft(RefundOrigin.Late) { Amount = order.TotalAmount });
        refund.NextAttemptAt = now;
        OrderLifecycle.Touch(order, now);
        return database.SaveChangesAsync(cancellationToken);
    }
}
