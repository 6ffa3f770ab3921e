using Equaticket.Persistence;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Opens the refunds of a cancelled event, one page of orders at a time, oldest first. After an interruption, it
/// continues with the tickets that have no refund.
/// </summary>
public sealed class EventRefundOrders(
    TenantContexts contexts, BackgroundWrites writes, RowStamps stamps, ILogger<EventRefundOrders> log)
{
    private const int PageSize = 100;

    /// <summary>Opens the refunds of the next page. An order that fails does not delay the others.</summary>
    /// <returns>The last order of the page; null if it is the last page.</returns>
    internal async Task<Guid?> OpenPageAsync(RefundTurn turn, CancellationToken cancellationToken)
    {
        var page = await ListAsync(turn, turn.RefundsOpenedTo, PageSize, cancellationToken);
        foreach (var order in page)
            await TryOpenAsync(turn.Tenant, order, cancellationToken);
        return page.Count == PageSize ? page[^1] : null;
    }

    /// <summary>Whether any order of the event still needs its refund.</summary>
    internal async Task<bool> IsAnyLeftAsync(
        RefundTurn turn, CancellationToken cancellationToken) =>
        (await ListAsync(turn, after: null, count: 1, cancellationToken)).Count > 0;

    /// <summary>
    /// Lists orders with paid tickets that have no refund. Excludes orders with a refund that the provider rejected,
    /// which need manual review.
    /// </summary>
    private async Task<List<Guid>> ListAsync(
        RefundTurn turn, Guid? after, int count, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(turn.Tenant);
        return await database.Database.SqlQuery<Guid>(
            $"""
            SELECT id AS "Value" FROM orders
            WHERE organization_id = {turn.OrganizationId} AND livemode = {turn.Livemode}
                AND event_id = {turn.Id} AND status IN ('confirmed', 'partially_refunded')
                AND (created_at, id) > (
                    coalesce((SELECT created_at FROM orders
                        WHERE organization_id = {turn.OrganizationId} AND livemode = {turn.Livemode}
                            AND id = {after}), '-infinity'),
                    {after ?? Guid.Empty})
                AND EXISTS (SELECT 1 FROM attendees
                    WHERE attendees.organization_id = orders.organization_id
                        AND attendees.livemode = orders.livemode
                        AND attendees.order_id = orders.id AND attendees.status = 'valid'
                        AND attendees.refund_id IS NULL AND attendees.amount_paid > 0)
                AND NOT EXISTS (SELECT 1 FROM refunds
                    WHERE refunds.organization_id = orders.organization_id
                        AND refunds.livemode = orders.livemode
                        AND refunds.order_id = orders.id
                        AND refunds.origin = 'cancel' AND refunds.status = 'failed')
            ORDER BY created_at, id LIMIT {count}
            """).ToListAsync(cancellationToken);
    }

    private async Task TryOpenAsync(
        TenantScope tenant, Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            await writes.RunAsync(
                tenant,
                (database, token) => OpenAsync(database, orderId, token),
                cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(LogLevel.Warning, fault, "Order {OrderId} could not be refunded; will be retried.", orderId);
        }
    }

    private async Task<bool> OpenAsync(
        EquaticketDbContext database, Guid orderId, CancellationToken cancellationToken)
    {
        var order = await OrderLedger.LockAsync(database, orderId, cancellationToken);
        var tickets = OrderLedger.Refundable(order).FindAll(ticket => ticket.AmountPaid > 0);
        if (tickets.Count == 0)
            return false;
        var refund = RefundOpening.OfTickets(
            database, stamps, order, tickets, new RefundDraft(RefundOrigin.Cancel));
        if (RefundOpening.NeedsStripe(order, refund))
        {
            refund.NextAttemptAt = stamps.Now();
            await database.SaveChangesAsync(cancellationToken);
        }
        else
        {
            await RefundOutcome.SucceedAsync(database, stamps, order, refund, cancellationToken);
        }

        return true;
    }
}
