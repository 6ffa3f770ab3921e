using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Reads deliveries of the caller's organization and mode.</summary>
internal static class DeliveryReader
{
    /// <param name="operation">The operation.</param>
    /// <param name="id">The delivery.</param>
    /// <param name="webhookId">When given, the webhook that the delivery must go to.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="ApiError">The caller has no such delivery.</exception>
    public static async Task<WebhookDelivery> GetAsync(
        OperationContext operation,
        string id,
        string? webhookId,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var guid))
            throw NotFound();
        var deliveries = Known(operation).Where(d => d.Id == guid);
        if (webhookId is not null)
        {
            deliveries = Guid.TryParseExact(webhookId, "D", out var webhookGuid)
                ? deliveries.Where(d => d.WebhookId == webhookGuid)
                : throw WebhookReader.NotFound();
        }

        return await deliveries.SingleOrDefaultAsync(cancellationToken) ?? throw NotFound();
    }

    /// <summary>What went to a webhook that was removed is gone with it.</summary>
    public static IQueryable<WebhookDelivery> Known(OperationContext operation) =>
        operation.Database.WebhookDeliveries.Where(delivery =>
            operation.Database.Webhooks.Any(webhook => webhook.Id == delivery.WebhookId));

    private static ApiError NotFound() => ApiError.NotFound("delivery");
}
