using System.Collections.Concurrent;
using System.Diagnostics;

namespace Equaticket.Host.Tests.Subscriptions;

/// <summary>
/// Subscribes to the orders of an event as described in <c>docs/graphql.md</c>, with <c>graphql-sse</c>, in a separate
/// process.
/// </summary>
internal sealed class FollowingClient : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly Task _reading;

    private FollowingClient(Uri url, string key, string eventId)
    {
        _process = ToolFolder.Subscriptions.Start("node", "orders.mjs", $"{url}", key, eventId);
        _reading = ReadAsync();
    }

    public static async Task<FollowingClient> StartAsync(Uri url, string key, string eventId)
    {
        await ToolFolder.Subscriptions.CompileAsync();
        return new FollowingClient(url, key, eventId);
    }

    /// <summary>The numbers of the orders that the client received.</summary>
    public IReadOnlyList<string> Orders =>
        [.. _lines.Where(line => line.StartsWith("EQ-", StringComparison.Ordinal))];

    /// <summary>The number of connections that the client made.</summary>
    public int Connections => _lines.Count(line => line.StartsWith("connected", StringComparison.Ordinal));

    /// <summary>The client's other output.</summary>
    public IReadOnlyList<string> Others => [.. _lines.Where(line =>
        !line.StartsWith("EQ-", StringComparison.Ordinal)
        && !line.StartsWith("connected", StringComparison.Ordinal))];

    public Task UntilConnectedAsync(int times) =>
        Poll.UntilAsync(() => Task.FromResult(Connections >= times), Bound);

    public Task UntilToldAsync(int orders) =>
        Poll.UntilAsync(() => Task.FromResult(Orders.Count >= orders), Bound);

    public Task UntilEndedAsync() => _process.WaitForExitAsync().WaitAsync(Bound);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _lines.Enqueue(line);
    }
}
