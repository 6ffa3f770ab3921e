using Equaticket.Engine.Execution;
using Equaticket.Engine.Fields;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Refunds;

/// <summary>The refund progress of a cancelled event, in tickets.</summary>
public sealed record RefundProgress(int Succeeded, int Failed, int Pending)
{
    public int Total => Succeeded + Failed + Pending;
}

public sealed class RefundProgressGraphType : ObjectGraphType<RefundProgress>
{
    public RefundProgressGraphType()
    {
        Name = "RefundProgress";
        Description = "The refund progress of an event that was cancelled with refunds.";
        this.Leaf("total", "The total number of paid tickets to refund.", progress => progress.Total);
        this.Leaf("succeeded", "The number of tickets whose money is on its way back to the buyer.",
            progress => progress.Succeeded);
        this.Leaf("failed", "The number of tickets whose refund failed and requires manual action.",
            progress => progress.Failed);
        this.Leaf("pending", "The number of tickets still to be refunded.", progress => progress.Pending);
    }
}

/// <summary>Counts the progress of many events in one statement.</summary>
internal static class RefundProgressLoader
{
    public static IDataLoaderResult OfEvent(IResolveFieldContext context, Guid eventId)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, RefundProgress>(
            "Refund progress of events",
            (eventIds, cancellationToken) =>
                CountAsync(operation, [.. eventIds], cancellationToken)).Load(eventId);
    }

    /// <remarks>Counts tickets in opened refunds, and paid tickets that still await one.</remarks>
    private static async Task<IReadOnlyDictionary<Guid, RefundProgress>> CountAsync(
        OperationContext operation, Guid[] eventIds, CancellationToken cancellationToken)
    {
        var tenant = operation.Tenant;
        var rows = await operation.Database.Database.SqlQuery<ProgressRow>(
            $"""
            SELECT event_id,
                coalesce(sum(tickets) FILTER (WHERE status = 'succeeded'), 0)::int AS succeeded,
                coalesce(sum(tickets) FILTER (WHERE status = 'failed'), 0)::int AS failed,
                coalesce(sum(tickets) FILTER (WHERE status = 'pending'), 0)::int AS pending
            FROM (
                SELECT orders.event_id, refunds.status, cardinality(attendee_ids) AS tickets
                FROM orders JOIN refunds ON refunds.organization_id = orders.organization_id
                    AND refunds.livemode = orders.livemode AND refunds.order_id = orders.id
                WHERE orders.organization_id = {tenant.OrganizationId}
                    AND orders.livemode = {tenant.Livemode}
                    AND orders.event_id = ANY ({eventIds}) AND refunds.origin = 'cancel'
                UNION ALL
                SELECT event_id, 'pending', 1 FROM attendees
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND event_id = ANY ({eventIds}) AND status = 'valid' AND refund_id IS NULL
                    AND amount_paid > 0
                    AND NOT EXISTS (SELECT 1 FROM refunds
                        WHERE refunds.organization_id = attendees.organization_id
                            AND refunds.livemode = attendees.livemode
                            AND refunds.order_id = attendees.order_id
                            AND refunds.origin = 'cancel' AND refunds.status = 'failed')
            ) AS counted GROUP BY event_id
            """).ToDictionaryAsync(row => row.EventId, cancellationToken);
        return eventIds.ToDictionary(id => id, id => rows.TryGetValue(id, out var row)
            ? new RefundProgress(row.Succeeded, row.Failed, row.Pending)
            : new RefundProgress(0, 0, 0));
    }

    private sealed record ProgressRow(Guid EventId, int Succeeded, int Failed, int Pending);
}
