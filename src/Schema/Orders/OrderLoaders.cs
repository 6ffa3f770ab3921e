using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Reads the parts of many orders in one batch.</summary>
internal static class OrderLoaders
{
    private static readonly RowQuery<OrderItem> ItemsOf = RowQuery<OrderItem>.Where(
        "r.order_id = ANY ($3) ORDER BY r.position", nameof(OrderItem.Named));

    private static readonly RowQuery<Refund> RefundsOf = RowQuery<Refund>.Where(
        "r.order_id = ANY ($3) ORDER BY r.created_at, r.id");

    /// <summary>The line items of each order, by position.</summary>
    public static BatchLoader<Guid, IEnumerable<OrderItem>> Items(IResolveFieldContext context) =>
        PartsOf(context, ItemsOf, item => item.OrderId);

    /// <summary>The refunds of each order, oldest first.</summary>
    public static BatchLoader<Guid, IEnumerable<Refund>> Refunds(IResolveFieldContext context) =>
        PartsOf(context, RefundsOf, refund => refund.OrderId);

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

    private static BatchLoader<Guid, IEnumerable<TPart>> PartsOf<TPart>(
        IResolveFieldContext context, RowQuery<TPart> query, Func<TPart, Guid> orderOf)
        where TPart : class
    {
        var reads = OperationContext.Of(context).Reads;
        return BatchLoaders.Of(context).Get<Guid, IEnumerable<TPart>>($"{typeof(TPart).Name} of orders", ids =>
        {
            var read = reads.Add(query, (part, _, _) => part, null, ids.ToArray());
            return async token =>
            {
                var ofOrder = (await read(token)).ToLookup(orderOf);
                return ids.ToDictionary(id => id, id => ofOrder[id]);
            };
        });
    }
}
