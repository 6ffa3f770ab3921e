using System.Collections.Concurrent;
using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Serving;

/// <summary>All acknowledged data survives <c>kill -9</c> of the host.</summary>
[Trait("Category", "Heavy")]
public sealed class KillTests : IAsyncLifetime
{
    private ClusterFolder _folder = null!;
    private readonly ConcurrentQueue<string> _acknowledged = new();

    public async Task InitializeAsync() => _folder = await ClusterFolder.PreparedAsync();

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public Task One_kill_during_writes_loses_no_acknowledged_write() => KillAsync(1);

    [Fact]
    [Trait("Category", "Long")]
    public Task Ten_kills_during_writes_lose_no_acknowledged_write() => KillAsync(10);

    private async Task KillAsync(int times)
    {
        string key;
        await using (var first = await RunningHost.StartAsync(_folder.Data))
        {
            key = first.TestKey;
            await WriteAndKillAsync(first, key, writes: 20);
        }

        for (var time = 1; time <= times; time++)
        {
            await using var host = await RunningHost.StartAsync(_folder.Data);
            await AssertAllAreThereAsync(host, key);
            if (time < times)
                await WriteAndKillAsync(host, key, writes: 20 + (7 * time));
        }

        Assert.False(_folder.IsServing);
    }

    private async Task WriteAndKillAsync(RunningHost host, string key, int writes)
    {
        var wanted = _acknowledged.Count + writes;
        var writers = Enumerable.Range(0, 4).Select(_ => WriteAsync(host, key)).ToList();
        await WaitForAsync(wanted);
        await host.KillAsync();
        await Task.WhenAll(writers);
    }

    /// <summary>Writes until the host is gone.</summary>
    private async Task WriteAsync(RunningHost host, string key)
    {
        try
        {
            while (true)
            {
                var answer = await host.PostAsync("/api/v1/events", key, Seed.EventBody("Kept"));
                Assert.Equal(201, answer.Status);
                _acknowledged.Enqueue(answer.Id);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // The connection broke during a request, which was not acknowledged.
        }
    }

    private async Task WaitForAsync(int count)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_acknowledged.Count < count)
            await Task.Delay(TimeSpan.FromMilliseconds(2), bound.Token);
    }

    private async Task AssertAllAreThereAsync(RunningHost host, string key)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var path = "/api/v1/events?limit=100" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var page = (await host.GetAsync(path, key)).Json!;
            kept.UnionWith(page["data"]!.AsArray().Select(row => row!["id"]!.GetValue<string>()));
            cursor = page["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        Assert.Empty(_acknowledged.Except(kept, StringComparer.Ordinal));
    }
}
