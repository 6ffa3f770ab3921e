using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks;

/// <summary>Reads webhooks and deliveries for <c>node</c> and <c>nodes</c>.</summary>
internal static class WebhookNodes
{
    public static async Task AddAsync(
        OperationContext operation,
        ILookup<string, Guid> idsOfType,
        Dictionary<Guid, object> nodes,
        CancellationToken cancellationToken)
    {
        if (idsOfType["Webhook"].ToArray() is { Length: > 0 } webhookIds)
        {
            foreach (var webhook in await operation.Database.Webhooks
                .Where(w => webhookIds.Contains(w.Id)).ToListAsync(cancellationToken))
                nodes.Add(webhook.Id, new WebhookRow(webhook));
        }

        if (idsOfType["WebhookDelivery"].ToArray() is { Length: > 0 } deliveryIds)
        {
            foreach (var delivery in await DeliveryReader.Known(operation)
                .Where(d => deliveryIds.Contains(d.Id)).ToListAsync(cancellationToken))
                nodes.Add(delivery.Id, delivery);
        }
    }
}
