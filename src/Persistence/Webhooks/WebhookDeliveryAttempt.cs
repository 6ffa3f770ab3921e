using System.Text.Json;

namespace Equaticket.Persistence.Webhooks;

/// <summary>One request to an endpoint.</summary>
/// <param name="AttemptedAt">When it was sent, UTC.</param>
/// <param name="ResponseStatus">The HTTP status of the response; null if there was none.</param>
/// <param name="DurationMs">In milliseconds, from the start to the end of the response.</param>
/// <param name="Error">A human-readable reason why it failed; null for a success.</param>
/// <param name="ResponseBody">The first 1 KiB of the response; null if there was none.</param>
public sealed record WebhookDeliveryAttempt(
    DateTimeOffset AttemptedAt,
    int? ResponseStatus,
    int DurationMs,
    string? Error,
    string? ResponseBody)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The JSON that is appended to the delivery's array.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static IReadOnlyList<WebhookDeliveryAttempt> Read(string json) =>
        JsonSerializer.Deserialize<List<WebhookDeliveryAttempt>>(json, Options)!;
}
