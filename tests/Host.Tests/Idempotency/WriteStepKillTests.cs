using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>
/// A host that dies at a step of the write transaction: the step is blocked in the database, then the host is killed
/// and the request is sent again.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class WriteStepKillTests(WriteStepHost shared) : IClassFixture<WriteStepHost>, IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly KillableHost _host = shared.Host;
    private readonly string _title = Path.GetRandomFileName();

    public Task InitializeAsync() => _host.EnsureServingAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("claim", "LOCK TABLE idempotency_records IN ACCESS EXCLUSIVE MODE")]
    [InlineData("slug", "LOCK TABLE events IN ACCESS EXCLUSIVE MODE")]
    public async Task A_kill_before_the_last_round_trip_leaves_nothing_and_a_retry_has_one_effect(
        string step, string obstacle)
    {
        await StopAtAsync(obstacle, "wait_event_type = 'Lock'");
        await AssertRetryAsync(isReplay: false, step);
    }

    /// <summary>The database completes the last round trip, which ends with the commit.</summary>
    [Theory]
    [InlineData("effect", "TRIGGER door AFTER INSERT ON events")]
    [InlineData("record", "TRIGGER door AFTER INSERT ON idempotency_records")]
    [InlineData("commit", "CONSTRAINT TRIGGER door AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED")]
    public async Task A_kill_during_the_last_round_trip_leaves_one_effect(string step, string trigger)
    {
        await using (await Door.CloseAsync(_host.Database, trigger))
            await StopAtAsync(Door.IsWaiting);
        await AssertRetryAsync(isReplay: true, step);
    }

    [Fact]
    public async Task A_kill_during_the_check_of_the_key_leaves_one_effect()
    {
        await StopAtAsync("SELECT 1 FROM api_keys FOR UPDATE", "wait_event_type = 'Lock'");
        await AssertRetryAsync(isReplay: true, "key check");
    }

    [Fact]
    public async Task A_kill_between_commit_and_response_is_replayed()
    {
        await using (var connection = await _host.Database.OpenConnectionAsync())
        {
            // The commit is written to disk, and then waits for a standby that never connects.
            await ExecuteAsync(connection, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
            await ExecuteAsync(connection, "SELECT pg_reload_conf()");
            await Poll.UntilAsync(
                async () => await AskAsync("SHOW synchronous_standby_names") is "nobody", Bound);
            // Jobs commit too. The request's transaction is the one that has written an event.
            await StopAtAsync(
                """
                wait_event = 'SyncRep' AND query = 'COMMIT' AND EXISTS (
                    SELECT FROM pg_locks AS held WHERE held.pid = pg_stat_activity.pid
                        AND held.relation = 'events'::regclass AND held.mode = 'RowExclusiveLock')
                """);
            await ExecuteAsync(connection, "ALTER SYSTEM RESET synchronous_standby_names");
            await ExecuteAsync(connection, "SELECT pg_reload_conf()");
        }

        await AssertRetryAsync(isReplay: true, "answer");
    }

    /// <summary>Blocks a step by a statement, and kills the host there.</summary>
    private async Task StopAtAsync(string obstacle, string waits)
    {
        await using var connection = await _host.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, obstacle);
        await StopAtAsync(waits);
    }

    /// <summary>Sends the request, and kills the host once the step is blocked.</summary>
    private async Task StopAtAsync(string waits)
    {
        var cutOff = PostAsync();
        await Poll.UntilAsync(
            async () => await AskAsync(
                $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {waits}")
                is > 0L,
            Bound);
        await _host.KillAsync();
        Assert.Null(await cutOff);
    }

    private async Task AssertRetryAsync(bool isReplay, string step)
    {
        await _host.FollowAsync();
        ApiResponse? answer = null;
        await Poll.UntilAsync(async () => (answer = await PostAsync()) is { Status: 201 }, Bound);
        Assert.Equal(isReplay ? "true" : null, answer!.Header("Idempotent-Replayed"));
        var count = await AskAsync($"SELECT count(*) FROM events WHERE title = '{_title}'");
        Assert.True(count is 1L, $"A kill at the step {step} left {count} effects.");
    }

    private Task<ApiResponse?> PostAsync() =>
        _host.TryPostAsync("/api/v1/events", _host.Key, Seed.EventBody(_title), _title);

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The host that each test kills and replaces.</summary>
public sealed class WriteStepHost : IAsyncLifetime
{
    internal KillableHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await KillableHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
