using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Equaticket.Schema.TicketTypes;
using Equaticket.Schema.Webhooks;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Records the outcome of a refund with all its effects (tickets, stock, order, and webhook events) in one transaction.
/// The order must be locked by <see cref="OrderLedger.LockAsync"/>.
/// </summary>
internal static class RefundOutcome
{
    /// <summary>Records that a refund succeeded. A refund that already has an outcome does not change.</summary>
    public static async Task SucceedAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        Refund refund,
        CancellationToken cancellationToken)
    {
        if (refund.Status != RefundStatus.Pending)
            return;
        End(refund, RefundStatus.Succeeded, stamps.Now());
        order.RefundedAmount += refund.Amount;
        OrderLifecycle.Touch(order, refund.UpdatedAt);
        await TakeBackAsync(database, stamps, order, refund, cancellationToken);
    }

    /// <summary>
    /// Records that a refund failed. Tickets that were not refunded yet become valid again. If Stripe first reported
    /// the refund as successful, its tickets do not, because their stock may have been sold.
    /// </summary>
    public static async Task FailAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        Refund refund,
        CancellationToken cancellationToken)
    {
        if (refund.Status == RefundStatus.Failed)
            return;
        if (refund.Status == RefundStatus.Succeeded)
            order.RefundedAmount -= refund.Amount;
        order.DifferenceAmount += refund.Amount;
        foreach (var ticket in Tickets(order, refund).Where(t => t.Status != AttendeeStatus.Refunded))
        {
            ticket.RefundId = null;
            if (ticket.Status == AttendeeStatus.Valid)
                order.DifferenceAmount -= ticket.AmountPaid;
        }

        End(refund, RefundStatus.Failed, stamps.Now());
        OrderLifecycle.Touch(order, refund.UpdatedAt);
        await database.SaveChangesAsync(cancellationToken);
        await CoverAsync(database, stamps, order, cancellationToken);
    }

    /// <summary>
    /// If refunds made in Stripe use up a payment, assigns the remaining tickets to the last of those refunds,
    /// regardless of the order in which Stripe reported them.
    /// </summary>
    private static async Task CoverAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        CancellationToken cancellationToken)
    {
        var tickets = OrderLedger.Refundable(order);
        if (tickets.Count == 0 || order.CapturedAmount == 0 || OrderLedger.Left(order) > 0)
            return;
        var last = order.Refunds
            .Where(refund => refund.Origin == RefundOrigin.Stripe
                && refund.Status != RefundStatus.Failed)
            .MaxBy(refund => refund.CreatedAt);
        if (last is null)
            return;
        RefundOpening.Assign(order, last, tickets);
        if (last.Status == RefundStatus.Succeeded)
            await TakeBackAsync(database, stamps, order, last, cancellationToken);
        else
            await database.SaveChangesAsync(cancellationToken);
    }

    private static async Task TakeBackAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        Refund refund,
        CancellationToken cancellationToken)
    {
        var tickets = Tickets(order, refund)
            .Where(ticket => ticket.Status == AttendeeStatus.Valid).ToList();
        foreach (var ticket in tickets)
        {
            (ticket.Status, ticket.UpdatedAt) = (AttendeeStatus.Refunded, order.UpdatedAt);
            ticket.Version++;
        }

        if (tickets.Count > 0)
            Announce(database, stamps, order, refund);
        await database.SaveChangesAsync(cancellationToken);
        if (tickets.Count == 0)
            return;
        await Stock.ReturnAsync(database, order.EventId, ByType(tickets), cancellationToken);
        await SoldOut.FollowAsync(database, stamps, order.EventId, cancellationToken);
    }

    private static void Announce(
        EquaticketDbContext database, RowStamps stamps, Order order, Refund refund)
    {
        order.Status = order.Attendees.All(ticket => ticket.Status == AttendeeStatus.Refunded)
            ? OrderStatus.Refunded
            : OrderStatus.PartiallyRefunded;
        Outbox.Add(database, stamps, WebhookEventType.OrderRefunded, order.EventId, order.Id, new JsonObject
        {
            ["order_id"] = order.Id,
            ["event_id"] = order.EventId,
            ["status"] = WireNames<OrderStatus>.Of(order.Status),
            ["currency"] = order.Currency,
        });
        EmailQueue.Add(database, stamps, EmailKind.OrderRefunded, order, refund.Id);
    }

    private static void End(Refund refund, RefundStatus status, DateTimeOffset now)
    {
        refund.Status = status;
        refund.NextAttemptAt = null;
        refund.UpdatedAt = now;
    }

    private static IEnumerable<Attendee> Tickets(Order order, Refund refund) =>
        order.Attendees.Where(ticket => ticket.RefundId == refund.Id);

    private static List<Quantity> ByType(IEnumerable<Attendee> tickets) =>
        [.. tickets.GroupBy(ticket => ticket.TicketTypeId)
            .Select(group => new Quantity(group.Key, group.Count()))];
}
