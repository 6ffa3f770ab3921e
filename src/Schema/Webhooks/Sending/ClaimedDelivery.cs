using System.Text;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>A delivery that this host has to itself until its lease ends.</summary>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="WebhookId">Where it goes.</param>
/// <param name="Step">How many attempts of the schedule were made.</param>
/// <param name="DueAt">When it was to be sent.</param>
/// <param name="LeasedUntil">Until then nobody else sends it.</param>
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

    /// <summary>What to send; null when it is no longer kept.</summary>
    public ClaimedMessage? Message => EventId is { } id && CreatedAt is { } createdAt
        ? new ClaimedMessage(id, Type!, createdAt, Data!)
        : null;

    /// <summary>Where to send it; null when the webhook was removed or disabled meanwhile.</summary>
    public ClaimedEndpoint? Endpoint =>
        Url is null ? null : new ClaimedEndpoint(Url, Secret!, PreviousSecret);
}

/// <summary>The event that is sent, as it is stored.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Type">What happened, by its wire name.</param>
/// <param name="CreatedAt">When it happened, UTC.</param>
/// <param name="Data">The <c>data</c> of the payload, JSON.</param>
public sealed record ClaimedMessage(Guid EventId, string Type, DateTimeOffset CreatedAt, string Data)
{
    /// <summary>The value of <c>webhook-id</c>.</summary>
    public string Id => WebhookPayloads.MessageId(EventId);

    /// <returns>The bytes to send, the same at each attempt.</returns>
    public byte[] Write() => Encoding.UTF8.GetBytes(WebhookPayloads.Write(
        EventId, WireNames<WebhookEventType>.Parse(Type), CreatedAt, Data));
}

/// <summary>The endpoint as it was when the delivery was claimed.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Secret">The secret, encrypted.</param>
/// <param name="PreviousSecret">The one before, encrypted, while it still signs.</param>
public sealed record ClaimedEndpoint(string Url, byte[] Secret, byte[]? PreviousSecret);

/// <summary>What became of a claimed delivery.</summary>
/// <param name="Claim">The delivery.</param>
/// <param name="Attempt">The request; null when none was made.</param>
/// <param name="Status">Succeeded, failed for good, or pending: to be attempted again.</param>
/// <param name="DueAt">When it is attempted again; null when it is not.</param>
public sealed record DeliveryOutcome(
    ClaimedDelivery Claim, WebhookDeliveryAttempt? Attempt, WebhookDeliveryStatus Status, DateTimeOffset? DueAt)
{
    /// <summary>Whether the endpoint said that it wants no more.</summary>
    public bool IsGone => Attempt?.ResponseStatus == 410;
}
