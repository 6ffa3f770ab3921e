using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Reads orders of many parents, and the parts of many orders, in one batch.</summary>
internal static class OrderLoaders
{
    private static readonly RowQuery<OrderItem> ItemsOf = new(
        "SELECT {columns} FROM {table} AS r WHERE {tenant} AND r.order_id = ANY ($3) ORDER BY r.position",
        nameof(OrderItem.Named));

    private static readonly RowQuery<Refund> RefundsOf = new(
        "SELECT {columns} FROM {table} AS r WHERE {tenant} AND r.order_id = ANY ($3) ORDER BY r.created_at, r.id");

    public static RowSource<Order, Order> Rows { get; } = RowSource.Of<Order>();

    public static ChildList<Order, Order> OfEvents { get; } = new(Rows, order => order.EventId);

    /// <summary>The line items of each order, by position.</summary>
    public static BatchLoader<Guid, IEnumerable<OrderItem>> Items(IResolveFieldContext context)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, IEnumerable<OrderItem>>("Items of orders", async (ids, token) =>
        {
            var items = await ItemsOf.ReadAsync(operation.Database, [RowQuery.Value(ids.ToArray())], token);
            return ByParent(ids, items.ToLookup(item => item.OrderId));
        });
    }

    /// <summary>The refunds of each order, oldest first.</summary>
    public static BatchLoader<Guid, IEnumerable<Refund>> Refunds(IResolveFieldContext context)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, IEnumerable<Refund>>("Refunds of orders", async (ids, token) =>
        {
            var refunds = await RefundsOf.ReadAsync(operation.Database, [RowQuery.Value(ids.ToArray())], token);
            return ByParent(ids, refunds.ToLookup(refund => refund.OrderId));
        });
    }

    /// <summary>The id of the request that confirmed each order, from the order's webhook event.</summary>
    public static IDataLoaderResult RequestId(IResolveFieldContext context, Guid orderId)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, string?>("Requests of orders", async (ids, token) =>
        {
            var events = await operation.Database.WebhookEvents
                .Where(e => e.OrderId != null && ids.Contains(e.OrderId.Value)
                    && e.Type == WebhookEventType.OrderCreated)
                .Select(e => new { e.OrderId, e.RequestId }).ToListAsync(token);
            return events.DistinctBy(e => e.OrderId).ToDictionary(e => e.OrderId!.Value, e => e.RequestId);
        }).Load(orderId);
    }

    private static Dictionary<Guid, IEnumerable<TRow>> ByParent<TRow>(
        IReadOnlyCollection<Guid> ids, ILookup<Guid, TRow> rows) =>
        ids.ToDictionary(id => id, id => rows[id]);
}
