using System.Text;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Webhooks.Deliveries;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Claims due deliveries of all organizations from the queue.</summary>
public sealed class DeliveryClaims(Claims claims)
{
    /// <summary>The lease is longer than the timeout of an attempt. Each endpoint is a lane.</summary>
    private static readonly Claim Due = new("webhook_queue", "due_at", TimeSpan.FromSeconds(20))
    {
        Key = "organization_id, delivery_id",
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
    /// <param name="cancellationToken">Cancels the operation.</param>
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

/// <summary>A delivery claimed by this host until its lease ends.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="WebhookId">The webhook.</param>
/// <param name="Step">The number of attempts already made under the schedule.</param>
/// <param name="DueAt">When the delivery was due.</param>
/// <param name="LeasedUntil">The end of the lease.</param>
public sealed record ClaimedDelivery(
    Guid OrganizationId,
    Guid DeliveryId,
    Guid WebhookId,
    int Step,
    DateTimeOffset DueAt,
    DateTimeOffset LeasedUntil)
{
    public Guid? EventId { get; init; }

    public string? Type { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? Data { get; init; }

    public string? Url { get; init; }

    public byte[]? Secret { get; init; }

    public byte[]? PreviousSecret { get; init; }

    /// <summary>The event to send; null if it is no longer stored.</summary>
    public ClaimedMessage? Message => EventId is { } id && CreatedAt is { } createdAt
        ? new ClaimedMessage(id, Type!, createdAt, Data!)
        : null;

    /// <summary>The endpoint; null if the webhook has since been deleted or disabled.</summary>
    public ClaimedEndpoint? Endpoint =>
        Url is null ? null : new ClaimedEndpoint(Url, Secret!, PreviousSecret);
}

/// <summary>The stored event to send.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Type">The event type, as its wire name.</param>
/// <param name="CreatedAt">When the event occurred, in UTC.</param>
/// <param name="Data">The <c>data</c> of the payload, as JSON.</param>
public sealed record ClaimedMessage(Guid EventId, string Type, DateTimeOffset CreatedAt, string Data)
{
    /// <summary>The value of <c>webhook-id</c>.</summary>
    public string Id => WebhookPayloads.MessageId(EventId);

    /// <returns>The bytes to send, the same on each attempt.</returns>
    public byte[] Write() => Encoding.UTF8.GetBytes(WebhookPayloads.Write(
        EventId, WireNames<WebhookEventType>.Parse(Type), CreatedAt, Data));
}

/// <summary>The endpoint at the time of the claim.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Secret">The secret, encrypted.</param>
/// <param name="PreviousSecret">The previous secret, encrypted, while it is still used to sign; otherwise null.</param>
public sealed record ClaimedEndpoint(string Url, byte[] Secret, byte[]? PreviousSecret);

/// <summary>The outcome of a claimed delivery.</summary>
/// <param name="Claim">The delivery.</param>
/// <param name="Attempt">The attempt; null if none was made.</param>
/// <param name="Status">Succeeded, permanently failed, or pending a retry.</param>
/// <param name="DueAt">When to retry; null if there is no retry.</param>
public sealed record DeliveryOutcome(
    ClaimedDelivery Claim, WebhookDeliveryAttempt? Attempt, WebhookDeliveryStatus Status, DateTimeOffset? DueAt)
{
    /// <summary>Whether the endpoint is gone (410).</summary>
    public bool IsGone => Attempt?.ResponseStatus == 410;
}
