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

    /// <summary>
    /// SQL that ends the queued deliveries of the webhooks in <c>ended (organization_id, id)</c>, an earlier part of
    /// the same statement.
    /// </summary>
    /// <remarks>
    /// Locks the deliveries in the order of their IDs, and before their rows in the queue, like all that write several.
    /// </remarks>
    internal const string EndDeliveries =
        """
        waiting AS (
            SELECT delivery.organization_id, delivery.id
            FROM ended JOIN webhook_queue AS queued ON queued.organization_id = ended.organization_id
                AND queued.webhook_id = ended.id
            JOIN webhook_deliveries AS delivery ON delivery.organization_id = queued.organization_id
                AND delivery.id = queued.delivery_id
            ORDER BY delivery.id FOR NO KEY UPDATE OF delivery),
        removed AS (
            DELETE FROM webhook_queue AS queued USING waiting
            WHERE queued.organization_id = waiting.organization_id AND queued.delivery_id = waiting.id
            RETURNING queued.organization_id, queued.delivery_id)
        UPDATE webhook_deliveries AS delivery SET status = 'failed' FROM removed
        WHERE delivery.organization_id = removed.organization_id
            AND delivery.id = removed.delivery_id AND delivery.status = 'pending'
        """;

    private const string EndOfOne =
        $$"""
        WITH ended AS (SELECT {0} AS organization_id, {1} AS id),
        {{EndDeliveries}}
        """;

    private const string DisableAll =
        $$"""
        WITH ended AS (
            UPDATE webhooks SET status = 'disabled', disabled_reason = {2}, version = version + 1, updated_at = {1}
            WHERE organization_id = {0} AND status = 'enabled'
            RETURNING organization_id, id),
        {{EndDeliveries}}
        """;

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
        database.Database.ExecuteSqlRawAsync(
            EndOfOne, [webhook.OrganizationId, webhook.Id], cancellationToken);

    /// <summary>Disables every webhook of an organization whose plan no longer includes them.</summary>
    public static Task DisableAllAsync(
        EquaticketDbContext database,
        Guid organizationId,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlRawAsync(DisableAll, [organizationId, now, ByPlan], cancellationToken);
}
