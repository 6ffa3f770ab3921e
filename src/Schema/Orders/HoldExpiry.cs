using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Equaticket.Schema.TicketTypes;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Releases the stock of checkouts that were not paid in time.</summary>
public static class HoldExpiry
{
    /// <summary>How long a checkout holds its tickets.</summary>
    public static readonly TimeSpan HoldLifetime = TimeSpan.FromMinutes(15);

    private const int BatchSize = 50;

    /// <summary>
    /// Expires overdue orders of one event. Skips locked orders, which are being paid, cancelled, or expired
    /// concurrently.
    /// </summary>
    /// <param name="database">The context with an open transaction, which the caller commits.</param>
    /// <param name="stamps">Provides the time.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="orderId">One of the event's orders, or null for any.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of expired orders.</returns>
    public static async Task<int> ExpireAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Guid eventId,
        Guid? orderId,
        CancellationToken cancellationToken)
    {
        var (count, held) = await EndAsync(database, stamps, eventId, orderId, cancellationToken);
        if (count > 0)
            await Stock.ReleaseAsync(database, eventId, held, cancellationToken);
        return count;
    }

    /// <summary>
    /// Expires overdue orders for a buyer who finds too few tickets. The ticket types in the cart are locked together
    /// with those that get tickets back, in a fixed order, because the cart takes them next.
    /// </summary>
    internal static async Task MakeRoomAsync(
        OperationContext operation,
        Guid eventId,
        IReadOnlyCollection<Guid> typeIds,
        CancellationToken cancellationToken)
    {
        var database = operation.Database;
        var (count, held) = await EndAsync(
            database, operation.Stamps, eventId, orderId: null, cancellationToken);
        if (count == 0)
            return;
        await RowLocks.StockAsync(
            database, [.. typeIds.Union(held.Select(quantity => quantity.TicketTypeId))], cancellationToken);
        await Stock.ReleaseAsync(database, eventId, held, cancellationToken);
    }

    /// <summary>Whether an expired checkout of the event still holds tickets.</summary>
    internal static Task<bool> IsAnyDueAsync(
        OperationContext operation, Guid eventId, CancellationToken cancellationToken)
    {
        var now = operation.Stamps.Now();
        return operation.Database.Orders.AnyAsync(
            order => order.EventId == eventId && order.HoldExpiresAt <= now, cancellationToken);
    }

    /// <summary>
    /// Makes all checkouts of a cancelled event due; the background job of any host then expires them. Skips those
    /// that are concurrently paid or cancelled.
    /// </summary>
    internal static Task EndTimeOfAllAsync(
        OperationContext operation, Guid eventId, CancellationToken cancellationToken)
    {
        var (tenant, now) = (operation.Tenant, operation.Stamps.Now());
        return operation.Database.Database.ExecuteSqlAsync(
            $"""
            UPDATE orders SET hold_expires_at = {now}
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND id IN (
                    SELECT id FROM orders
                    WHERE organization_id = {tenant.OrganizationId}
                        AND livemode = {tenant.Livemode} AND event_id = {eventId}
                        AND hold_expires_at > {now}
                    FOR NO KEY UPDATE SKIP LOCKED)
            """,
            cancellationToken);
    }

    private static async Task<(int Count, List<Quantity> Held)> EndAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Guid eventId,
        Guid? orderId,
        CancellationToken cancellationToken)
    {
        var (tenant, now) = (database.Tenant!.Value, stamps.Now());
        var orders = await database.Orders
            .FromSql($"""
                SELECT * FROM orders
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND event_id = {eventId} AND hold_expires_at <= {now}
                    AND id = coalesce({orderId}, id)
                ORDER BY id LIMIT {BatchSize}
                FOR NO KEY UPDATE SKIP LOCKED
                """)
            .AsTracking().ToListAsync(cancellationToken);
        if (orders.Count == 0)
            return (0, []);
        var ids = orders.ConvertAll(order => order.Id);
        var items = await database.OrderItems.Where(item => ids.Contains(item.OrderId))
            .ToListAsync(cancellationToken);
        foreach (var order in orders)
            OrderLifecycle.End(order, OrderStatus.Expired, now);
        await database.SaveChangesAsync(cancellationToken);
        return (orders.Count, Quantities(items));
    }

    private static List<Quantity> Quantities(IEnumerable<OrderItem> items) =>
        [.. items.GroupBy(item => item.TicketTypeId)
            .Select(group => new Quantity(group.Key, group.Sum(item => item.Quantity)))];
}
