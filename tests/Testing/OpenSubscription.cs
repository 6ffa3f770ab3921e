using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Equaticket.Testing;

/// <summary>A subscription over Server-Sent Events, read one response at a time.</summary>
public sealed class OpenSubscription : IAsyncDisposable
{
    private const string Position = "Last-Event-ID";

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private Task<bool>? _next;

    private OpenSubscription(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _items = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public int Status => (int)_response.StatusCode;

    /// <summary>The start position of the stream; null if it did not start.</summary>
    public string? Begin =>
        _response.Headers.TryGetValues(Position, out var values) ? values.Single() : null;

    /// <param name="http">The host.</param>
    /// <param name="query">The subscription.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="after">The position to continue from; null for new events only.</param>
    /// <param name="credentials">The headers that authenticate the caller.</param>
    public static async Task<OpenSubscription> OpenAsync(
        HttpClient http,
        string query,
        object variables,
        string? after,
        params (string Name, string Value)[] credentials)
    {
        using var request = ApiResponse.Request(
            http, HttpMethod.Post, "/graphql", new { query, variables },
            [("Accept", "text/event-stream"), .. credentials]);
        if (after is not null)
            request.Headers.TryAddWithoutValidation(Position, after);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new OpenSubscription(response, await response.Content.ReadAsStreamAsync());
    }

    /// <returns>The next response; null if the stream is complete.</returns>
    /// <exception cref="TimeoutException">No response arrived in time.</exception>
    /// <exception cref="InvalidOperationException">The connection ended before the stream was complete.</exception>
    public async Task<StreamedResult?> ReadAsync()
    {
        _next ??= _items.MoveNextAsync().AsTask();
        var hasNext = await _next.WaitAsync(Bound);
        _next = null;
        if (!hasNext)
            throw new InvalidOperationException("The stream ended without being complete.");
        return _items.Current is { EventType: "next" } item
            ? new StreamedResult(JsonNode.Parse(item.Data)!, item.EventId)
            : null;
    }

    /// <returns>Whether a response arrived in that time. It remains unread.</returns>
    public async Task<bool> HasNextAsync(TimeSpan within)
    {
        _next ??= _items.MoveNextAsync().AsTask();
        return await Task.WhenAny(_next, Task.Delay(within)) == _next;
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        if (_next is not null)
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync();
    }
}

/// <summary>One response of a subscription.</summary>
/// <param name="Json">The GraphQL response.</param>
/// <param name="Id">Its position in the stream.</param>
public sealed record StreamedResult(JsonNode Json, string? Id)
{
    public string? ErrorCode => (string?)Json["errors"]?[0]?["extensions"]?["code"];
}
