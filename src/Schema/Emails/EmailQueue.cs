using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Emails;

/// <summary>Queues e-mails to buyers, in the transaction of their cause. Test orders send none.</summary>
internal static class EmailQueue
{
    /// <param name="database">In the transaction; saved by whoever owns it.</param>
    /// <param name="stamps">Give the e-mail its id and time.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="order">Whose buyer gets it.</param>
    /// <param name="refundId">What was refunded.</param>
    public static void Add(
        EquaticketDbContext database,
        RowStamps stamps,
        EmailKind kind,
        Order order,
        Guid? refundId = null)
    {
        if (!database.Tenant!.Value.Livemode)
            return;
        var stamp = stamps.Next();
        database.Add(new QueuedEmail
        {
            Id = stamp.Id,
            Kind = kind,
            OrderId = order.Id,
            RefundId = refundId,
            NextAttemptAt = stamp.CreatedAt,
            CreatedAt = stamp.CreatedAt,
        });
    }

    /// <summary>Tells every buyer who still has tickets that the event was cancelled.</summary>
    public static Task AddCancelledAsync(
        EquaticketDbContext database, Event row, CancellationToken cancellationToken)
    {
        if (!row.Livemode)
            return Task.CompletedTask;
        var (kind, now) = (WireNames<EmailKind>.Of(EmailKind.EventCancelled), row.UpdatedAt);
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO queued_emails (organization_id, livemode, id, kind, order_id,
                next_attempt_at, attempts, created_at)
            SELECT organization_id, livemode, gen_random_uuid(), {kind}, id, {now}, 0, {now}
            FROM orders
            WHERE organization_id = {row.OrganizationId} AND livemode = {row.Livemode}
                AND event_id = {row.Id} AND status IN ('confirmed', 'partially_refunded')
            """,
            cancellationToken);
    }
}
