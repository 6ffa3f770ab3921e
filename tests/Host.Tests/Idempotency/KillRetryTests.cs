using System.Collections.Concurrent;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Equaticket.Host.Tests.Serving;
using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>A retry with the same key after <c>kill -9</c> at any moment ends with one effect.</summary>
public sealed class KillRetryTests : IAsyncLifetime
{
    private const int Writers = 4;

    private readonly ClusterFolder _folder = new();
    private readonly ConcurrentBag<string> _done = [];
    private EmbeddedCluster _cluster = null!;
    private RunningHost _host = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _host = await RunningHost.StartAsync(_folder.Data);
        _key = _host.TestKey;
        _cluster = await EmbeddedCluster.AcquireAsync(_folder.Data, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public Task Twenty_kills_at_random_moments_leave_one_effect_for_each_key() => KillAsync(20);

    [Theory]
    [InlineData("LOCK TABLE events IN SHARE MODE")]
    [InlineData("LOCK TABLE idempotency_records IN SHARE MODE")]
    [InlineData("SELECT 1 FROM api_keys FOR UPDATE")]
    public async Task A_kill_at_a_write_step_leaves_one_effect(string obstacle)
    {
        await using var database = NpgsqlDataSource.Create(_cluster.ConnectionString);
        await using (var connection = await database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand(obstacle, connection);
            await command.ExecuteNonQueryAsync();
            var cutOff = TryPostAsync(_host, "stopped");
            await Poll.UntilAsync(() => IsWaitingAsync(database), TimeSpan.FromSeconds(20));
            await _host.KillAsync();
            Assert.Null(await cutOff);
        }

        await RestartAsync();
        await Poll.UntilAsync(
            async () => await TryPostAsync(_host, "stopped") is { Status: 201 },
            TimeSpan.FromSeconds(20));
        Assert.Equal(1, await CountAsync(database, "stopped"));
    }

    private async Task KillAsync(int times)
    {
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers)
            .Select(number => WriteAsync($"writer-{number}", enough.Token)).ToList();
        var moments = new Random(Seed: 20_260_915);
        for (var time = 0; time < times; time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(5, 250)));
            await _host.KillAsync();
            await RestartAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        Assert.NotEmpty(_done);
        await AssertOneEffectEachAsync();
    }

    private async Task RestartAsync()
    {
        await _host.DisposeAsync();
        _host = await RunningHost.StartAsync(_folder.Data);
    }

    /// <summary>Makes one event after another, each retried until it is acknowledged.</summary>
    private async Task WriteAsync(string name, CancellationToken enough)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var title = $"{name}-{number}";
            while (await TryPostAsync(_host, title) is not { Status: 201 })
                await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            _done.Add(title);
        }
    }

    /// <returns>The answer, or null when the host died before it came.</returns>
    private async Task<ApiResponse?> TryPostAsync(RunningHost host, string title)
    {
        try
        {
            var answer = await host.PostAsync(
                "/api/v1/events", _key, Seed.EventBody(title), ("Idempotency-Key", title));
            Assert.True(answer.Status is 201 or 409, $"{answer.Status}: {answer.Body}");
            return answer;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task AssertOneEffectEachAsync()
    {
        await using var database = NpgsqlDataSource.Create(_cluster.ConnectionString);
        var counts = new Dictionary<string, long>();
        await using var command = database.CreateCommand(
            "SELECT title, count(*) FROM events WHERE title LIKE 'writer-%' GROUP BY title");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            counts.Add(rows.GetString(0), rows.GetInt64(1));
        Assert.All(_done, title => Assert.Equal(1, counts[title]));
        Assert.All(counts, count => Assert.Equal(1, count.Value));
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string title)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM events WHERE title = $1");
        command.Parameters.AddWithValue(title);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<bool> IsWaitingAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }
}
