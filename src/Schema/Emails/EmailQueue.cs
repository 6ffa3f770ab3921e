using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Emails;

/// <summary>Queues emails to buyers, in the transaction that causes them. Test orders send none.</summary>
internal static class EmailQueue
{
    /// <summary>The characters of a UUIDv7 that contain its time and version.</summary>
    private const int LengthOfTime = 15;

    /// <param name="database">The context with the open transaction; the caller saves it.</param>
    /// <param name="stamps">Provides the id and time of the email.</param>
    /// <param name="kind">The kind of email.</param>
    /// <param name="order">The order whose buyer receives it.</param>
    /// <param name="refundId">The refund; null for other kinds of email.</param>
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

    /// <summary>Notifies every buyer with valid tickets that the event was cancelled.</summary>
    public static Task AddCancelledAsync(
        EquaticketDbContext database, RowStamps stamps, Event row, CancellationToken cancellationToken)
    {
        if (!row.Livemode)
            return Task.CompletedTask;
        var (kind, stamp) = (WireNames<EmailKind>.Of(EmailKind.EventCancelled), stamps.Next());
        var (time, now) = (stamp.Id.ToString()[..LengthOfTime], stamp.CreatedAt);
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO queued_emails (organization_id, livemode, id, kind, order_id,
                next_attempt_at, attempts, created_at)
            SELECT organization_id, livemode, overlay(gen_random_uuid()::text PLACING {time} FROM 1)::uuid, {kind}, id,
                {now}, 0, {now}
            FROM orders
            WHERE organization_id = {row.OrganizationId} AND livemode = {row.Livemode}
                AND event_id = {row.Id} AND status IN ('confirmed', 'partially_refunded')
            """,
            cancellationToken);
    }
}
