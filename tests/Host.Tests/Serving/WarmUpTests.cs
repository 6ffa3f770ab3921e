using Equaticket.Host.Commands;
using Equaticket.Host.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Host.Tests.Serving;

/// <summary>What a server does before its load balancer sends it requests.</summary>
public sealed class WarmUpTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_server_rehearses_writes_before_it_is_ready_and_leaves_nothing_behind()
    {
        var logs = new LogCapture();
        await using var host = await StartAsync(await TestCluster.CreateMigratedDatabaseAsync(), logs);
        await Poll.UntilAsync(() => IsReadyAsync(host), Bound);
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains("did not warm up", StringComparison.Ordinal));
        foreach (var table in (string[])
            ["organizations", "api_keys", "events", "orders", "order_counters", "attendees", "refunds",
                "webhook_events", "queued_emails", "idempotency_records", "api_requests"])
            Assert.Equal([0L], await host.QuerySqlAsync<long>($"SELECT count(*) FROM {table}"));
    }

    [Fact]
    public async Task Until_then_readyz_is_503_and_requests_are_served()
    {
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locking = new NpgsqlCommand("LOCK TABLE ticket_types IN EXCLUSIVE MODE", connection))
            await locking.ExecuteNonQueryAsync();
        await using var host = await StartAsync(database, new LogCapture());
        await Poll.UntilAsync(
            async () => (await host.QuerySqlAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = current_database()"))[0] > 0,
            Bound);
        Assert.False(await IsReadyAsync(host));
        var org = await host.CreateOrganizationAsync();
        Assert.Equal(200, (await org.Live.GetAsync("/api/v1/events")).Status);
        await transaction.RollbackAsync();
        await Poll.UntilAsync(() => IsReadyAsync(host), Bound);
    }

    [Fact]
    public async Task A_server_that_fails_to_warm_up_says_so_and_serves()
    {
        var logs = new LogCapture();
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var breaking = source.CreateCommand("ALTER TABLE attendees RENAME TO gone"))
            await breaking.ExecuteNonQueryAsync();
        await using var host = await StartAsync(database, logs);
        await Poll.UntilAsync(() => IsReadyAsync(host), Bound);
        Assert.Contains(
            logs.Lines, line => line.Level == LogLevel.Warning
                && line.Text.StartsWith("The server did not warm up (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_warm_up_is_off_is_ready_when_it_listens()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Configuration["WarmUp:Enabled"] = "false";
            builder.AddWarmUp();
        });
        Assert.True(await IsReadyAsync(host));
        Assert.Null(host.Services.GetService<WarmUp>());
    }

    [Fact]
    public async Task A_setting_that_is_neither_true_nor_false_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(
            "Host=127.0.0.1;Port=1", builder =>
            {
                builder.Configuration["WarmUp:Enabled"] = "off";
                builder.AddWarmUp();
            }));
        Assert.Contains("'off' at 'WarmUp:Enabled'", ExpectedErrors.Sentence(refusal), StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(string connectionString, LogCapture logs) =>
        TestHost.StartAsync(connectionString, builder =>
        {
            builder.AddWarmUp();
            builder.Logging.AddProvider(logs);
        });

    private static async Task<bool> IsReadyAsync(TestHost host) =>
        (await ApiResponse.SendAsync(host.Http, HttpMethod.Get, "/readyz", key: null, body: null)).Status == 200;
}
