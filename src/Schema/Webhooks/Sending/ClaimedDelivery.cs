using System.Text;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>A delivery claimed by this host until its lease ends.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="WebhookId">The webhook.</param>
/// <param name="Step">The number of attempts of the schedule made so far.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="LeasedUntil">The end of the lease.</param>
public sealed record ClaimedDelivery(
    Guid OrganizationId,
    Guid DeliveryId,
    Guid WebhookId,
    int Step,
    DateTimeOffset DueAt,
    DateTimeOffset LeasedUntil)
{
    /// <summary>The event to send; null if it is no longer stored.</summary>
    public ClaimedMessage? Message { get; init; }

    /// <summary>The endpoint; null if the webhook was deleted or disabled meanwhile.</summary>
    public ClaimedEndpoint? Endpoint { get; init; }
}

/// <summary>The stored event to send.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Type">The event type, as its wire name.</param>
/// <param name="CreatedAt">When it happened, UTC.</param>
/// <param name="Data">The <c>data</c> of the payload, JSON.</param>
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
/// <param name="PreviousSecret">The previous secret, encrypted, while it still signs.</param>
public sealed record ClaimedEndpoint(string Url, byte[] Secret, byte[]? PreviousSecret);

/// <summary>The outcome of a claimed delivery.</summary>
/// <param name="Claim">The delivery.</param>
/// <param name="Attempt">The request; null if none was made.</param>
/// <param name="Status">Succeeded, permanently failed, or pending a retry.</param>
/// <param name="DueAt">When it is retried; null if it is not.</param>
public sealed record DeliveryOutcome(
    ClaimedDelivery Claim, WebhookDeliveryAttempt? Attempt, WebhookDeliveryStatus Status, DateTimeOffset? DueAt)
{
    /// <summary>Whether the endpoint is gone (410).</summary>
    public bool IsGone => Attempt?.ResponseStatus == 410;
}
