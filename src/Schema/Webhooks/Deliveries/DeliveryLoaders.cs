using Equaticket.Engine.Execution;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Reads data of many webhooks or deliveries in one statement.</summary>
internal static class DeliveryLoaders
{
    public static ChildList<WebhookDelivery, WebhookDelivery> OfWebhooks { get; } =
        new(RowSource.Of<WebhookDelivery>(), delivery => delivery.WebhookId);

    public static IDataLoaderResult Payload(IResolveFieldContext context, Guid eventId)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, RawJson>("Payloads of events", async (ids, token) =>
            await operation.Database.WebhookEvents.Where(e => ids.Contains(e.Id))
                .ToDictionaryAsync(
                    e => e.Id,
                    e => new RawJson(WebhookPayloads.Write(e.Id, e.Type, e.CreatedAt, e.Data)),
                    token)).Load(eventId);
    }

    /// <summary>The deliveries of an event, oldest first.</summary>
    public static IDataLoaderResult OfEvent(IResolveFieldContext context, Guid eventId)
    {
        var operation = OperationContext.Of(context);
        WriteTransaction.Of(context)?.AnswerHasLists = true;
        return BatchLoaders.Of(context).Get<Guid, IEnumerable<WebhookDelivery>>(
            "Deliveries of events",
            async (ids, token) =>
            {
                var rows = await DeliveryReader.Known(operation, operation.Database.WebhookDeliveries)
                    .Where(delivery => ids.Contains(delivery.EventId)).OrderBy(delivery => delivery.Id)
                    .ToListAsync(token);
                var ofEvent = rows.ToLookup(delivery => delivery.EventId);
                return ids.ToDictionary(id => id, id => ofEvent[id]);
            }).Load(eventId);
    }

    /// <summary>The request that caused the event of each delivery.</summary>
    public static IDataLoaderResult RequestId(IResolveFieldContext context, Guid eventId)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, string?>("Requests of events", async (ids, token) =>
            await operation.Database.WebhookEvents.Where(e => ids.Contains(e.Id))
                .ToDictionaryAsync(e => e.Id, e => e.RequestId, token)).Load(eventId);
    }

    public static object? NextAttempt(IResolveFieldContext context, WebhookDelivery delivery)
    {
        if (delivery.Status != WebhookDeliveryStatus.Pending)
            return null;
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, DateTimeOffset?>("Next attempts", async (ids, token) =>
            await operation.Database.WebhookQueue.Where(q => ids.Contains(q.DeliveryId))
                .ToDictionaryAsync(q => q.DeliveryId, q => (DateTimeOffset?)q.DueAt, token))
            .Load(delivery.Id);
    }
}
