using Equaticket.Engine.Paging;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Pages the deliveries of many webhooks at once.</summary>
internal static class DeliveryPages
{
    public static async Task<IReadOnlyDictionary<Guid, Connection<WebhookDelivery>>> ReadAsync(
        OperationContext operation,
        PageRequest page,
        WebhookDeliveryFilter filter,
        IReadOnlyCollection<Guid> webhookIds,
        CancellationToken cancellationToken)
    {
        var rows = await PageOfEach(operation, page, filter, webhookIds)
            .ToListAsync(cancellationToken);
        var ofWebhook = rows.ToLookup(row => row.WebhookId);
        return webhookIds.ToDictionary(id => id, id => ManyPages.Order(ofWebhook[id], page).ToConnection(
            page, _ => Task.FromResult<object?>(CountOf(operation, filter, id))));
    }

    /// <summary>A lateral join reads each webhook's page from the index, however many deliveries there are.</summary>
    private static IQueryable<WebhookDelivery> PageOfEach(
        OperationContext operation,
        PageRequest page,
        WebhookDeliveryFilter filter,
        IReadOnlyCollection<Guid> webhookIds)
    {
        var tenant = operation.Tenant;
        List<object> values =
            [webhookIds.ToArray(), tenant.OrganizationId, tenant.Livemode, page.Limit + 1];
        var conditions = "";
        if (filter.Status is { } status)
            conditions += $" AND status = {Parameter(WireNames<WebhookDeliveryStatus>.Of(status))}";
        if (filter.Type is { } type)
            conditions += $" AND type = {Parameter(WireNames<WebhookEventType>.Of(type))}";
        conditions += ManyPages.Bounds(page, values);
        var sql = $$"""
            SELECT delivery.* FROM unnest({0}) AS webhook (id) CROSS JOIN LATERAL (
                SELECT * FROM webhook_deliveries
                WHERE organization_id = {1} AND livemode = {2} AND webhook_id = webhook.id{{conditions}}
                {{ManyPages.Order(page)}} LIMIT {3}) AS delivery
            """;
        return operation.Database.WebhookDeliveries.FromSqlRaw(sql, [.. values]);

        string Parameter(object value)
        {
            values.Add(value);
            return $"{{{values.Count - 1}}}";
        }
    }

    private static IDataLoaderResult CountOf(
        OperationContext operation, WebhookDeliveryFilter filter, Guid webhookId) =>
        operation.Loader<Guid, int>($"Number of deliveries, {filter}", async (ids, token) =>
            await filter.Apply(operation.Database.WebhookDeliveries)
                .Where(delivery => ids.Contains(delivery.WebhookId))
                .GroupBy(delivery => delivery.WebhookId)
                .ToDictionaryAsync(group => group.Key, group => group.Count(), token))
            .Load(webhookId);
}
