using Equaticket.Engine.Execution;
using Equaticket.Engine.Fields;
using Equaticket.Persistence.Partitions;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>The number of recent deliveries of a webhook by status.</summary>
public sealed record DeliveryCounts(int Succeeded, int Failed, int Pending)
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    private static readonly DeliveryCounts None = new(0, 0, 0);

    /// <summary>The counts of a webhook, loaded in a batch with those of other webhooks.</summary>
    internal static IDataLoaderResult OfWebhook(IResolveFieldContext context, Guid webhookId)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, DeliveryCounts>("Recent deliveries of webhooks", async (ids, token) =>
        {
            var since = operation.Stamps.Now() - Recently;
            var first = PartitionedTable.FirstIdAt(since);
            var counts = await operation.Database.WebhookDeliveries
                .Where(d => ids.Contains(d.WebhookId) && d.CreatedAt >= since && d.Id >= first)
                .GroupBy(d => new { d.WebhookId, d.Status })
                .Select(all => new { all.Key.WebhookId, all.Key.Status, Count = all.Count() })
                .ToListAsync(token);
            return ids.ToDictionary(id => id, id => counts.Where(count => count.WebhookId == id).Aggregate(
                None, (sum, count) => sum.With(count.Status, count.Count)));
        }).Load(webhookId);
    }

    private DeliveryCounts With(WebhookDeliveryStatus status, int count) => status switch
    {
        WebhookDeliveryStatus.Succeeded => this with { Succeeded = count },
        WebhookDeliveryStatus.Failed => this with { Failed = count },
        _ => this with { Pending = count },
    };
}

public sealed class DeliveryCountsGraphType : ObjectGraphType<DeliveryCounts>
{
    public DeliveryCountsGraphType()
    {
        Name = "DeliveryCounts";
        Description = "The number of a webhook's deliveries by status.";
        this.Leaf("succeeded", "The number of deliveries that succeeded.", counts => counts.Succeeded);
        this.Leaf("failed", "The number of deliveries that failed.", counts => counts.Failed);
        this.Leaf("pending", "The number of deliveries that are waiting for an attempt.", counts => counts.Pending);
    }
}
