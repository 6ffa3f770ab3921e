using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Buyers;

/// <summary>
/// Clears whom buyers named for tickets that were not made yet, or never were: all of the buyer's own,
/// and the buyer's address wherever others have named it.
/// </summary>
internal static class NamedAttendees
{
    private static readonly NamedAttendee Nobody = new(null, null);

    /// <remarks>
    /// No index finds an address here; orders without their tickets that name somebody are few, and are
    /// read one after another.
    /// </remarks>
    public static async Task RedactAsync(
        EquaticketDbContext database, Buyer buyer, CancellationToken cancellationToken)
    {
        var found = new List<OrderItem>();
        var items = database.OrderItems.FromSql(
            $"""
            SELECT * FROM order_items
            WHERE organization_id = {buyer.Tenant.OrganizationId}
                AND livemode = {buyer.Tenant.Livemode} AND named <> '[]'
            """);
        await foreach (var item in items.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (buyer.OrderIds.Contains(item.OrderId) || item.Named.Any(named => Is(named, buyer)))
                found.Add(item);
        }

        foreach (var item in found)
        {
            var named = database.Attach(item).Property(row => row.Named);
            named.CurrentValue = buyer.OrderIds.Contains(item.OrderId)
                ? []
                : [.. item.Named.Select(entry => Is(entry, buyer) ? Nobody : entry)];
            named.IsModified = true;
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private static bool Is(NamedAttendee named, Buyer buyer) =>
        named.Email is { } email && EmailKeys.Of(email) == buyer.EmailKey;
}
