using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Locks orders.</summary>
internal static class OrderLock
{
    /// <summary>
    /// Locks the order until the transaction ends and reads it with its items, tracked. The event's row is locked
    /// first, as in every sale, so that the event is not removed concurrently.
    /// </summary>
    /// <exception cref="ApiError">The order does not exist in this organization and mode.</exception>
    public static async Task<Order> GetAsync(
        EquaticketDbContext database, Guid id, CancellationToken cancellationToken)
    {
        await RowLocks.KeepEventOfOrder(database, id).LoadAsync(cancellationToken);
        var order = await RowLocks.Order(database, id).AsTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("order");
        await database.OrderItems.Where(item => item.OrderId == id)
            .AsTracking().LoadAsync(cancellationToken);
        return order;
    }
}
