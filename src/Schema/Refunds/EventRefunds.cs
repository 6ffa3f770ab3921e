using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Refunds every valid paid ticket of events that were cancelled with refunds: a refund for each
/// order, opened here one after another, and asked for by <see cref="RefundWork"/>. Whatever stops it,
/// the tickets that belong to no refund yet tell where to go on.
/// </summary>
public sealed class EventRefunds(
    TenantContexts contexts, BackgroundWrites writes, RowStamps stamps, ILogger<EventRefunds> log)
{
    private const int MaxEvents = 20;
    private const int BatchSize = 100;

    /// <summary>
    /// A sale that was under way when the event was cancelled has committed by then: no write lasts
    /// longer than a minute.
    /// </summary>
    private static readonly TimeSpan LastSales = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await DueAsync(cancellationToken))
        {
            var isComplete = await OpenAllAsync(row, cancellationToken);
            if (isComplete)
                await CloseAsync(row, cancellationToken);
        }
    }

    /// <summary>Marks an event whose tickets are to be refunded.</summary>
    internal static void Request(OperationContext operation, Event row)
    {
        row.RefundsRequestedAt = row.CancelledAt;
        AuditLog.Record(
            operation.Database, operation.Stamps, operation.Caller,
            AuditAction.EventRefundsRequested, row.Id);
    }

    private async Task<List<DueRow>> DueAsync(CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.Database.SqlQuery<DueRow>(
            $"""
            SELECT organization_id, livemode, id FROM events
            WHERE refunds_requested_at IS NOT NULL AND refunds_opened_at IS NULL
            ORDER BY refunds_requested_at LIMIT {MaxEvents}
            """).ToListAsync(cancellationToken);
    }

    /// <returns>Whether none failed to open.</returns>
    private async Task<bool> OpenAllAsync(DueRow row, CancellationToken cancellationToken)
    {
        var (last, isComplete) = (Guid.Empty, true);
        while (await NextAsync(row, last, cancellationToken) is { Count: > 0 } orders)
        {
            foreach (var order in orders)
                isComplete &= await TryOpenAsync(row.Tenant, order, cancellationToken);
            last = orders[^1];
        }

        return isComplete;
    }

    /// <summary>
    /// Orders with paid tickets that no refund has. What the provider has refused once stays as it
    /// is: a person has to look.
    /// </summary>
    private async Task<List<Guid>> NextAsync(
        DueRow row, Guid last, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(row.Tenant);
        return await database.Database.SqlQuery<Guid>(
            $"""
            SELECT DISTINCT attendees.order_id AS "Value" FROM attendees
            WHERE organization_id = {row.OrganizationId} AND livemode = {row.Livemode}
                AND event_id = {row.Id} AND status = 'valid' AND refund_id IS NULL
                AND amount_paid > 0 AND order_id > {last}
                AND NOT EXISTS (SELECT 1 FROM refunds
                    WHERE refunds.organization_id = attendees.organization_id
                        AND refunds.livemode = attendees.livemode
                        AND refunds.order_id = attendees.order_id
                        AND refunds.origin = 'cancel' AND refunds.status = 'failed')
            ORDER BY 1 LIMIT {BatchSize}
            """).ToListAsync(cancellationToken);
    }

    private async Task<bool> TryOpenAsync(
        TenantScope tenant, Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            await writes.RunAsync(
                tenant,
                (database, token) => OpenAsync(database, orderId, token),
                cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "Order {OrderId} could not be refunded; tried again.", orderId);
            return false;
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

    private async Task CloseAsync(DueRow row, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(row.Tenant);
        await database.Events
            .Where(e => e.Id == row.Id && e.RefundsRequestedAt <= now - LastSales)
            .ExecuteUpdateAsync(
                e => e.SetProperty(r => r.RefundsOpenedAt, now), cancellationToken);
    }
}
