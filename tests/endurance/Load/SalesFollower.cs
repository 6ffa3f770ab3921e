using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Equaticket.Endurance.Load;

/// <summary>Subscribes to the orders of an event, and resumes after each disconnect.</summary>
public sealed class SalesFollower(Uri address, string eventId, string key) : IAsyncDisposable
{
    private const string Query = "subscription ($id: ID!) { orderConfirmed(eventId: $id) { orderNumber } }";

    /// <summary>The maximum silence. An idle stream sends a comment every 12 seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, int> _orders = [];
    private string? _last;
    private Task _following = Task.CompletedTask;

    public string EventId => eventId;

    /// <summary>The number of times each order was reported.</summary>
    public IReadOnlyDictionary<string, int> Orders => _orders;

    /// <summary>The number of connections that broke and were resumed.</summary>
    public int Breaks { get; private set; }

    /// <summary>Returns once the stream has started. From then on, it reports every sale.</summary>
    public async Task BeginAsync()
    {
        _following = FollowAsync();
        await _begun.Task;
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _following;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
            }
            catch (Exception fault) when (
                fault is HttpRequestException or IOException or OperationCanceledException or TimeoutException)
            {
                // The connection broke. The next one resumes after the last order.
            }

            Breaks++;
            await Task.Delay(500, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = Query, variables = new { id = eventId } }),
        };
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("Accept", "text/event-stream");
        if (_last is not null)
            request.Headers.Add("Last-Event-ID", _last);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _end.Token);
        response.EnsureSuccessStatusCode();
        if (response.Headers.TryGetValues("Last-Event-ID", out var position))
        {
            _last ??= position.First();
            _begun.TrySetResult();
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(_end.Token));
        while (await reader.ReadLineAsync(_end.Token).AsTask().WaitAsync(Silence, _end.Token) is { } line)
            Take(line);
    }

    private void Take(string line)
    {
        if (!line.StartsWith("data: {", StringComparison.Ordinal))
            return;
        var message = JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
        if (message.TryGetProperty("data", out var data)
            && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty("orderConfirmed", out var order) && order.ValueKind == JsonValueKind.Object)
        {
            _orders.AddOrUpdate($"{order.GetProperty("orderNumber")}", 1, (_, count) => count + 1);
            _last = $"{message.GetProperty("extensions").GetProperty("lastEventId")}";
        }
    }
}
