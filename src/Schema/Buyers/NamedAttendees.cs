using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Buyers;

/// <summary>
/// Clears attendees that were named for tickets not yet or never created: all of those in the buyer's orders, and
/// those with the buyer's email address in other orders.
/// </summary>
internal static class NamedAttendees
{
    private static readonly NamedAttendee Nobody = new(null, null);

    public static async Task RedactAsync(
        EquaticketDbContext database, Buyer buyer, CancellationToken cancellationToken)
    {
        foreach (var item in await LockAsync(database, buyer, cancellationToken))
        {
            item.Named = buyer.OrderIds.Contains(item.OrderId)
                ? []
                : [.. item.Named.Select(named => named.EmailKey == buyer.EmailKey ? Nobody : named)];
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Locks and reads items that name attendees: those of the buyer's orders, and those of other orders with the
    /// buyer's email address. An item that is concurrently turned into tickets is read afterwards.
    /// </summary>
    private static Task<List<OrderItem>> LockAsync(
        EquaticketDbContext database, Buyer buyer, CancellationToken cancellationToken)
    {
        var (tenant, naming) = (buyer.Tenant, NamedAttendee.Naming(buyer.EmailKey));
        const string sql =
            $$"""
            SELECT * FROM order_items
            WHERE organization_id = {0} AND livemode = {1} AND named <> '[]' AND id IN (
                SELECT id FROM order_items
                WHERE organization_id = {0} AND livemode = {1} AND order_id = ANY ({2})
                UNION ALL
                SELECT id FROM order_items
                WHERE organization_id = {0} AND livemode = {1} AND named <> '[]' AND (
                    {{NamedAttendee.Indexed}} @> {3}::jsonb OR {{NamedAttendee.Indexed}} @> {4}::jsonb))
            ORDER BY id FOR NO KEY UPDATE
            """;
        return database.OrderItems
            .FromSqlRaw(
                sql, tenant.OrganizationId, tenant.Livemode, buyer.OrderIds, naming[0], naming[1])
            .AsTracking().ToListAsync(cancellationToken);
    }
}
