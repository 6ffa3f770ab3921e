using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Locks orders.</summary>
internal static class OrderLock
{
    /// <summary>
    /// Locks the order until the transaction ends and reads it with its items, tracked. The event's
    /// row comes first, as in every sale: it must not be removed concurrently.
    /// </summary>
    /// <exception cref="ApiError">The order does not exist in this organization and mode.</exception>
    public static async Task<Order> GetAsync(
        EquaticketDbContext database, Guid id, CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        await database.Database.ExecuteSqlAsync(
            $"""
            SELECT 1 FROM events JOIN orders ON orders.organization_id = events.organization_id
                AND orders.livemode = events.livemode AND orders.event_id = events.id
            WHERE orders.organization_id = {tenant.OrganizationId}
                AND orders.livemode = {tenant.Livemode} AND orders.id = {id}
            FOR KEY SHARE OF events
            """,
            cancellationToken);
        var order = await database.Orders
            .FromSql($"""
                SELECT * FROM orders
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND id = {id}
                FOR NO KEY UPDATE
                """)
            .AsTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("order");
        await database.OrderItems.Where(item => item.OrderId == id)
            .AsTracking().LoadAsync(cancellationToken);
        return order;
    }
}
