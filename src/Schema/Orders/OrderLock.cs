using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Orders;

/// <summary>Locks orders.</summary>
internal static class OrderLock
{
    private static readonly RowQuery<OrderItem> ItemsOf = RowQuery<OrderItem>.Where("r.order_id = $3");

    /// <summary>
    /// Locks the order until the transaction ends and reads it with its items, tracked, in one round trip. A test
    /// event is locked first, as in every sale, so that it is not removed concurrently.
    /// </summary>
    /// <param name="database">The context with an open transaction, which does not track the order yet.</param>
    /// <param name="id">The order.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The order does not exist in this organization and mode.</exception>
    public static async Task<Order> GetAsync(
        EquaticketDbContext database, Guid id, CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        await using var batch = new StatementBatch(database);
        batch.Add(RowLocks.KeepTestEventOfOrder, tenant.OrganizationId, tenant.Livemode, id);
        RowLocks.Order.AddTo(batch, id);
        ItemsOf.AddTo(batch, id);
        await using var results = await batch.ReadAsync(cancellationToken);
        await results.NextResultAsync(cancellationToken);
        if (await RowLocks.Order.ReadAsync(results, cancellationToken) is not [var order])
            throw ApiError.NotFound("order");
        await results.NextResultAsync(cancellationToken);
        var items = await ItemsOf.ReadAsync(results, cancellationToken);
        database.Attach(order);
        database.AttachRange(items);
        return order;
    }
}
