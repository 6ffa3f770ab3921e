using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Reads data of many webhooks or deliveries at once.</summary>
internal static class DeliveryLoaders
{
    /// <summary>One page of deliveries per webhook, for all webhooks in one statement.</summary>
    public static IDataLoaderResult OfWebhook(IResolveFieldContext context, Guid webhookId)
    {
        var operation = OperationContext.Of(context);
        operation.TellsOfMany = true;
        var page = PageRequest.From(context);
        var filter = context.GetArgument<WebhookDeliveryFilter?>("filter") ?? new WebhookDeliveryFilter();
        return operation.Loader<Guid, Connection<WebhookDelivery>>(
            $"Deliveries of webhooks, {page}, {filter}",
            (ids, cancellationToken) => DeliveryPages.ReadAsync(
                operation, page, filter, ids, cancellationToken)).Load(webhookId);
    }

    public static IDataLoaderResult Payload(IResolveFieldContext context, Guid eventId)
    {
        var operation = OperationContext.Of(context);
        return operation.Loader<Guid, RawJson>("Payloads of events", async (ids, token) =>
            await operation.Database.WebhookEvents.Where(e => ids.Contains(e.Id))
                .ToDictionaryAsync(
                    e => e.Id,
                    e => new RawJson(WebhookPayloads.Write(e.Id, e.Type, e.CreatedAt, e.Data)),
                    token)).Load(eventId);
    }

    public static object? NextAttempt(IResolveFieldContext context, WebhookDelivery delivery)
    {
        if (delivery.Status != WebhookDeliveryStatus.Pending)
            return null;
        var operation = OperationContext.Of(context);
        return operation.Loader<Guid, DateTimeOffset?>("Next attempts", async (ids, token) =>
            await operation.Database.WebhookQueue.Where(q => ids.Contains(q.DeliveryId))
                .ToDictionaryAsync(q => q.DeliveryId, q => (DateTimeOffset?)q.DueAt, token))
            .Load(delivery.Id);
    }
}
