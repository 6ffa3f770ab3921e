using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Enables and disables webhooks. Disabling marks pending deliveries as failed, so that they can be redelivered but do
/// not flood the endpoint when it is enabled again.
/// </summary>
public static class WebhookLifecycle
{
    public const string ByRequest = "Disabled by request.";
    public const string ByPlan = "The plan no longer includes webhooks. Upgrade, then enable it again.";
    public const string Gone = "The endpoint responded with 410 Gone.";
    public const string Failing = "Every attempt in the last 5 days failed.";

    /// <summary>Marks a webhook as enabled and healthy. The webhook must be tracked and locked.</summary>
    public static void Enable(Webhook webhook)
    {
        (webhook.Status, webhook.DisabledReason) = (WebhookStatus.Enabled, null);
        (webhook.FailingSince, webhook.RecentFailures) = (null, []);
        webhook.OwnerNoticeDueAt = null;
    }

    /// <summary>Marks a webhook as disabled by its owner. The webhook must be tracked and locked.</summary>
    public static Task DisableAsync(
        EquaticketDbContext database, Webhook webhook, CancellationToken cancellationToken)
    {
        (webhook.Status, webhook.DisabledReason) = (WebhookStatus.Disabled, ByRequest);
        return EndDeliveriesAsync(database, webhook, cancellationToken);
    }

    /// <summary>Removes a webhook's pending deliveries from the queue.</summary>
    public static Task EndDeliveriesAsync(
        EquaticketDbContext database, Webhook webhook, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            WITH ended AS (
                DELETE FROM webhook_queue
                WHERE organization_id = {webhook.OrganizationId} AND webhook_id = {webhook.Id}
                RETURNING organization_id, delivery_id)
            UPDATE webhook_deliveries AS delivery SET status = 'failed' FROM ended
            WHERE delivery.organization_id = ended.organization_id
                AND delivery.id = ended.delivery_id AND delivery.status = 'pending'
            """,
            cancellationToken);

    /// <summary>Disables every webhook of an organization whose plan no longer includes them.</summary>
    public static Task DisableAllAsync(
        EquaticketDbContext database,
        Guid organizationId,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            WITH disabled AS (
                UPDATE webhooks SET status = 'disabled', disabled_reason = {ByPlan},
                    version = version + 1, updated_at = {now}
                WHERE organization_id = {organizationId} AND status = 'enabled'),
            ended AS (
                DELETE FROM webhook_queue WHERE organization_id = {organizationId}
                RETURNING organization_id, delivery_id)
            UPDATE webhook_deliveries AS delivery SET status = 'failed' FROM ended
            WHERE delivery.organization_id = ended.organization_id
                AND delivery.id = ended.delivery_id AND delivery.status = 'pending'
            """,
            cancellationToken);
}
