using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Host.Hosting;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Host.Webhooks;

/// <summary>Reads and makes events of an organization's test mode, over the API.</summary>
internal sealed class TestEvents : IDisposable
{
    private const string TestKey = "sk_test_";

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

    private readonly HttpClient _http;

    /// <param name="api">Where the API is.</param>
    /// <param name="key">A test key.</param>
    /// <exception cref="ConfigurationException">The key is a live one, or none.</exception>
    public TestEvents(Uri api, string key)
    {
        if (!key.StartsWith(TestKey, StringComparison.Ordinal))
            throw new ConfigurationException("Give a test key: --key sk_test_….");
        _http = new HttpClient { BaseAddress = api };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <returns>What happened since a time, oldest first.</returns>
    /// <exception cref="ConfigurationException">The API refuses, or is not there.</exception>
    public async Task<IReadOnlyList<(string Id, string Payload)>> SinceAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        var events = new List<(string Id, string Payload)>();
        string? after = null;
        do
        {
            var page = (await AskAsync(Read, new { since, after }, cancellationToken))["webhookEvents"]!;
            events.AddRange(page["nodes"]!.AsArray().Select(ToEvent));
            after = (bool)page["pageInfo"]!["hasNextPage"]!
                ? (string?)page["pageInfo"]!["endCursor"]
                : null;
        }
        while (after is not null);

        events.Reverse();
        return events;
    }

    /// <returns>The event that was made.</returns>
    /// <exception cref="ConfigurationException">The API refuses, or is not there.</exception>
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
            var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            return answer?["errors"]?[0]?["message"] is { } message
                ? throw new ConfigurationException((string)message!)
                : answer!["data"]!;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException)
        {
            throw new ConfigurationException($"{_http.BaseAddress} does not answer: {fault.Message}");
        }
    }

    private static (string Id, string Payload) ToEvent(JsonNode? node) =>
        ((string)node!["messageId"]!, node["payload"]!.ToJsonString());
}
