using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Reads deliveries of the caller's organization and mode.</summary>
internal static class DeliveryReader
{
    public static RowSource<WebhookDelivery, WebhookDelivery> Rows { get; } = new(
        nameof(WebhookDelivery),
        row => row,
        (operation, deliveries, token) => Known(operation, deliveries).ToListAsync(token));

    /// <param name="operation">The operation.</param>
    /// <param name="id">The delivery.</param>
    /// <param name="webhookId">If given, the webhook that the delivery must belong to.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The caller has no such delivery.</exception>
    public static async Task<WebhookDelivery> GetAsync(
        OperationContext operation,
        Guid id,
        Guid? webhookId,
        CancellationToken cancellationToken)
    {
        if (id != Ids.Malformed && webhookId == Ids.Malformed)
            throw WebhookReader.NotFound();
        return await Known(operation, operation.Database.WebhookDeliveries)
            .Where(d => d.Id == id && (webhookId == null || d.WebhookId == webhookId))
            .SingleOrDefaultAsync(cancellationToken) ?? throw ApiError.NotFound("delivery");
    }

    /// <summary>The deliveries of a deleted webhook are deleted with it.</summary>
    public static IQueryable<WebhookDelivery> Known(
        OperationContext operation, IQueryable<WebhookDelivery> deliveries) =>
        deliveries.Where(delivery =>
            operation.Database.Webhooks.Any(webhook => webhook.Id == delivery.WebhookId));
}
