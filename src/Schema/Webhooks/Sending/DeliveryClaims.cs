using Equaticket.Schema.Jobs;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Claims due deliveries from the queue, for all organizations.</summary>
public sealed class DeliveryClaims(Claims claims)
{
    /// <summary>The lease is longer than the timeout of an attempt. Endpoints are lanes.</summary>
    private static readonly Claim Due = new("webhook_queue", "due_at", TimeSpan.FromSeconds(20))
    {
        Key = "delivery_id",
        LeasedUntil = "leased_until",
        Condition = "(leased_until IS NULL OR leased_until <= @now)",
        Lane = "webhook_id",
        Result =
            """
            SELECT claimed.organization_id, claimed.delivery_id, claimed.webhook_id, claimed.step,
                claimed.due_at, claimed.leased_until,
                event.id AS event_id, event.type, event.created_at, event.data,
                webhook.url, webhook.secret,
                CASE WHEN webhook.previous_secret_expires_at > @now
                    THEN webhook.previous_secret END AS previous_secret
            FROM claimed
            LEFT JOIN webhook_events AS event ON event.organization_id = claimed.organization_id
                AND event.id = claimed.event_id
            LEFT JOIN webhooks AS webhook ON webhook.organization_id = claimed.organization_id
                AND webhook.id = claimed.webhook_id AND webhook.status = 'enabled'
            ORDER BY claimed.due_at
            """,
    };

    /// <param name="free">The total number to claim, and the endpoints with a different limit.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        FreeSlots free, CancellationToken cancellationToken) =>
        await claims.TakeAsync<ClaimedDelivery>(
            Due,
            free.Total,
            [
                new("lane_free", free.PerEndpoint), new("webhook_id", free.Endpoints),
                new("free", free.Counts),
            ],
            cancellationToken);
}
