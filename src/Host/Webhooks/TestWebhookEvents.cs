using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.Host.Hosting;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Host.Webhooks;

/// <summary>Reads and triggers events in an organization's test mode, over the API.</summary>
internal sealed class TestWebhookEvents : IDisposable
{
    private const string Read =
        """
        query ($since: DateTime!, $after: String) {
          webhookEvents(createdAfter: $since, first: 100, after: $after) {
            nodes { messageId payload }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private const string Make =
        """
        mutation ($type: WebhookEventType!) {
          triggerWebhookEvent(type: $type) { messageId payload }
        }
        """;

    private static readonly string[] MayPass =
    [
        ErrorCode.RateLimited.WireName(), ErrorCode.Unavailable.WireName(),
        ErrorCode.InternalError.WireName(),
    ];

    private readonly HttpClient _http;

    /// <param name="api">The URL of the API.</param>
    /// <param name="key">A test key.</param>
    /// <exception cref="ConfigurationException">The key is not a test key.</exception>
    public TestWebhookEvents(Uri api, string key)
    {
        if (!key.StartsWith(ApiKeySecret.TestPrefix, StringComparison.Ordinal))
            throw new ConfigurationException("Use a test key: --key sk_test_….");
        _http = new HttpClient { BaseAddress = api };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The timeout of API requests.</summary>
    public TimeSpan Timeout { init => _http.Timeout = value; }

    /// <param name="since">The time from which to read events, inclusive.</param>
    /// <param name="after">The end of the previous page; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ConfigurationException">The API rejects the request.</exception>
    /// <exception cref="ApiAwayException">The API is unavailable.</exception>
    public async Task<TestWebhookEventPage> ReadAsync(
        DateTimeOffset since, string? after, CancellationToken cancellationToken)
    {
        var page = (await AskAsync(Read, new { since, after }, cancellationToken))["webhookEvents"]!;
        return new TestWebhookEventPage(
            [.. page["nodes"]!.AsArray().Select(ToEvent)],
            (bool)page["pageInfo"]!["hasNextPage"]! ? (string?)page["pageInfo"]!["endCursor"] : null);
    }

    /// <returns>The new event.</returns>
    /// <exception cref="ConfigurationException">The API rejects the request.</exception>
    /// <exception cref="ApiAwayException">The API is unavailable.</exception>
    public async Task<(string Id, string Payload)> MakeAsync(
        WebhookEventType type, CancellationToken cancellationToken)
    {
        var name = JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{type}");
        var data = await AskAsync(Make, new { type = name }, cancellationToken);
        return ToEvent(data["triggerWebhookEvent"]);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> AskAsync(
        string query, object variables, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(
                "/graphql", new { query, variables }, cancellationToken);
            var answer = Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var retryAfter = response.Headers.RetryAfter?.Delta;
            if (answer?["errors"]?[0] is { } error)
                throw Refusal(error, retryAfter);
            return answer?["data"] ?? throw new ApiAwayException(
                $"{_http.BaseAddress} responds with {(int)response.StatusCode}", retryAfter);
        }
        catch (Exception fault) when (fault is HttpRequestException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ApiAwayException(
                $"{_http.BaseAddress} does not respond: {fault.Message}", retryAfter: null);
        }
    }

    /// <returns>Null if the body is not a JSON object, such as a proxy's error page.</returns>
    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Exception Refusal(JsonNode error, TimeSpan? retryAfter)
    {
        var message = (string)error["message"]!;
        return MayPass.Contains((string?)error["extensions"]?["code"])
            ? new ApiAwayException(message, retryAfter)
            : new ConfigurationException(message);
    }

    private static (string Id, string Payload) ToEvent(JsonNode? node) =>
        ((string)node!["messageId"]!, node["payload"]!.ToJsonString());
}

/// <param name="Events">The events, newest first.</param>
/// <param name="Next">The cursor for the next page; null on the last page.</param>
internal sealed record TestWebhookEventPage(
    IReadOnlyList<(string Id, string Payload)> Events, string? Next);

/// <summary>The API does not respond or asks to wait. A retry may succeed.</summary>
/// <param name="message">A human-readable reason.</param>
/// <param name="retryAfter">How long to wait, if the API specifies it.</param>
internal sealed class ApiAwayException(string message, TimeSpan? retryAfter) : Exception(message)
{
    public TimeSpan? RetryAfter => retryAfter;
}
