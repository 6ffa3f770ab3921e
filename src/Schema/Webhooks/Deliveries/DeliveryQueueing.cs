using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Queues deliveries on request. The database queues deliveries of new events.</summary>
internal static class DeliveryQueueing
{
    private const int MaxAtOnce = 10_000;

    /// <summary>Limited because attempts are stored in their delivery's row.</summary>
    public const int MaxAttempts = 100;

    /// <exception cref="ApiError">The webhook is disabled.</exception>
    public static void RequireEnabled(Webhook webhook)
    {
        if (webhook.Status == WebhookStatus.Disabled)
            throw ApiError.Conflict("This webhook is disabled. Enable it first.");
    }

    public static async Task<WebhookDelivery> PingAsync(
        OperationContext operation, Webhook webhook, CancellationToken cancellationToken)
    {
        var (database, stamp) = (operation.Database, operation.Stamps.Next());
        Outbox.Add(database, stamp, WebhookEventType.WebhookPing, eventId: null, orderId: null, new JsonObject
        {
            ["webhook_id"] = webhook.Id,
        });
        var delivery = new WebhookDelivery
        {
            Id = operation.Stamps.Next().Id,
            WebhookId = webhook.Id,
            EventId = stamp.Id,
            Type = WebhookEventType.WebhookPing,
            CreatedAt = stamp.CreatedAt,
        };
        database.Add(delivery);
        database.Add(new QueuedDelivery
        {
            DeliveryId = delivery.Id,
            WebhookId = webhook.Id,
            EventId = stamp.Id,
            DueAt = stamp.CreatedAt,
        });
        await database.SaveChangesAsync(cancellationToken);
        return delivery;
    }

    /// <summary>
    /// Restarts the retry schedule of a delivery. A waiting delivery is sent right away; a delivery that is being sent
    /// does not change.
    /// </summary>
    /// <exception cref="ApiError">
    /// The payload is no longer stored, or the delivery has reached the limit of attempts.
    /// </exception>
    public static async Task AgainAsync(
        OperationContext operation, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var database = operation.Database;
        if (WebhookDeliveryAttempt.Read(delivery.Attempts).Count >= MaxAttempts)
            throw ApiError.Conflict($"This delivery has reached the limit of {MaxAttempts} attempts.");
        if (!await database.WebhookEvents.AnyAsync(e => e.Id == delivery.EventId, cancellationToken))
            throw ApiError.Conflict("The payload of this delivery is no longer stored.");
        var (tenant, now) = (operation.Tenant, operation.Stamps.Now());
        database.QueuesDeliveries = true;
        await database.Database.ExecuteSqlAsync(
            $"""
            WITH again AS (
                UPDATE webhook_deliveries SET status = 'pending'
                WHERE organization_id = {tenant.OrganizationId} AND id = {delivery.Id}
                RETURNING organization_id, livemode, id, webhook_id, event_id)
            INSERT INTO webhook_queue AS queued (
                organization_id, livemode, delivery_id, webhook_id, event_id, step, due_at)
            SELECT organization_id, livemode, id, webhook_id, event_id, 0, {now} FROM again
            ON CONFLICT (organization_id, delivery_id) DO UPDATE
                SET step = 0, due_at = {now} WHERE queued.leased_until IS NULL
            """,
            cancellationToken);
    }

    /// <returns>The number of queued deliveries.</returns>
    public static Task<int> FailedAgainAsync(
        OperationContext operation,
        Webhook webhook,
        DateTimeOffset since,
        CancellationToken cancellationToken)
    {
        var (tenant, now) = (operation.Tenant, operation.Stamps.Now());
        operation.Database.QueuesDeliveries = true;
        return operation.Database.Database.ExecuteSqlAsync(
            $"""
            WITH failed AS (
                SELECT delivery.organization_id, delivery.id
                FROM webhook_deliveries AS delivery
                JOIN webhook_events AS event ON event.organization_id = delivery.organization_id
                    AND event.id = delivery.event_id
                WHERE delivery.organization_id = {tenant.OrganizationId}
                    AND delivery.livemode = {tenant.Livemode} AND delivery.webhook_id = {webhook.Id}
                    AND delivery.status = 'failed' AND delivery.created_at >= {since}
                    AND jsonb_array_length(delivery.attempts) < {MaxAttempts}
                ORDER BY delivery.created_at, delivery.id LIMIT {MaxAtOnce}),
            again AS (
                UPDATE webhook_deliveries AS delivery SET status = 'pending' FROM failed
                WHERE delivery.organization_id = failed.organization_id
                    AND delivery.id = failed.id AND delivery.status = 'failed'
                RETURNING delivery.*)
            INSERT INTO webhook_queue (
                organization_id, livemode, delivery_id, webhook_id, event_id, step, due_at)
            SELECT organization_id, livemode, id, webhook_id, event_id, 0, {now} FROM again
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
