using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>
/// The delivery of an event to one webhook. Partitioned by day, using the time in its id, and stored for 30 days.
/// Unsent deliveries are also in the queue (<see cref="QueuedDelivery"/>).
/// </summary>
public sealed class WebhookDelivery : TenantEntity, IPagedRow
{
    public required Guid WebhookId { get; init; }

    /// <summary>The event. The payload is built from its row and is identical on each attempt.</summary>
    public required Guid EventId { get; init; }

    public required WebhookEventType Type { get; init; }

    public WebhookDeliveryStatus Status { get; set; } = WebhookDeliveryStatus.Pending;

    /// <summary>JSON array of <see cref="WebhookDeliveryAttempt"/>, oldest first.</summary>
    public string Attempts { get; set; } = "[]";
}

[Description("The status of a webhook delivery.")]
public enum WebhookDeliveryStatus
{
    [Description("Waiting for the first attempt or a retry.")]
    Pending,

    [Description("The endpoint responded with a status from 200 to 299.")]
    Succeeded,

    [Description("All attempts failed, or the webhook was disabled before one succeeded.")]
    Failed,
}

/// <summary>One request to an endpoint.</summary>
/// <param name="AttemptedAt">When the request was sent, in UTC.</param>
/// <param name="ResponseStatus">The HTTP status of the response; null if there was none.</param>
/// <param name="DurationMs">The duration in milliseconds, from the start to the end of the response.</param>
/// <param name="Error">A human-readable reason why the request failed; null for a success.</param>
/// <param name="ResponseBody">The first 1 KiB of the response; null if there was none.</param>
/// <param name="Outcome">How it ended; null in attempts of older versions.</param>
public sealed record WebhookDeliveryAttempt(
    DateTimeOffset AttemptedAt,
    int? ResponseStatus,
    int DurationMs,
    string? Error,
    string? ResponseBody,
    AttemptOutcome? Outcome = null)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>
    /// The outcome, derived from the response for attempts of older versions; null if those have no response.
    /// </summary>
    [JsonIgnore]
    public AttemptOutcome? Ending => Outcome
        ?? (ResponseStatus is null ? null : Error is null ? AttemptOutcome.Succeeded : AttemptOutcome.Status);

    /// <summary>The JSON that is appended to the delivery's array.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static IReadOnlyList<WebhookDeliveryAttempt> Read(string json) =>
        JsonSerializer.Deserialize<List<WebhookDeliveryAttempt>>(json, Options)!;
}

[Description("The outcome of a delivery attempt.")]
public enum AttemptOutcome
{
    [Description("The endpoint responded with a status from 200 to 299.")]
    Succeeded,

    [Description("The endpoint responded with another status.")]
    Status,

    [Description("The host name does not resolve.")]
    Dns,

    [Description("The URL or the address of the host is not allowed.")]
    Blocked,

    [Description("No connection could be made.")]
    Connect,

    [Description("The TLS handshake failed, for example because of the certificate.")]
    Tls,

    [Description("There was no complete response within 10 seconds.")]
    Timeout,

    [Description("The connection was closed early, or the response was not valid HTTP.")]
    Protocol,
}

/// <summary>A delivery that has not been sent yet. Small and short-lived, separate from the history.</summary>
public sealed class QueuedDelivery : TenantOwned
{
    public required Guid DeliveryId { get; init; }

    public required Guid WebhookId { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>The number of attempts already made under the retry schedule.</summary>
    public int Step { get; set; }

    /// <summary>When the delivery is due.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When the sender's claim ends; null while the delivery is unclaimed.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}
