using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.Serving;

[Trait("Category", "Heavy")]
public sealed class ServeTests : IDisposable
{
    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_start_shows_how_to_sign_in_and_the_second_keeps_the_data_and_shows_no_secret()
    {
        IReadOnlyList<string> keys;
        string events;
        await using (var first = await RunningHost.StartAsync(
            _folder.Data, words: null, ("WarmUp__Enabled", "true")))
        {
            AssertShowsTheWayIn(first);
            await Poll.UntilAsync(async () => (await first.Http.GetAsync("/readyz")).IsSuccessStatusCode);
            keys = first.Keys;
            events = await EventsAsync(first, first.TestKey);
            Assert.Equal(0, await first.InterruptAsync());
        }

        Assert.False(_folder.IsServing);
        await using var second = await RunningHost.StartAsync(_folder.Data);
        Assert.Empty(second.Keys);
        Assert.DoesNotContain("Sign-in", second.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("Created a PostgreSQL", second.Printed, StringComparison.Ordinal);
        Assert.Contains("./equaticket key create", second.Printed, StringComparison.Ordinal);
        Assert.Equal(events, await EventsAsync(second, keys[1]));
    }

    [Fact]
    public async Task A_port_in_use_is_reported_and_no_secret_is_lost()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var process = HostProgram.Start(
            _folder.Data, ["serve"], ("ASPNETCORE_URLS", $"http://{other.LocalEndpoint}"));
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("change ASPNETCORE_URLS.", await errors, StringComparison.Ordinal);
        Assert.DoesNotContain("BackgroundService", printed + await errors, StringComparison.Ordinal);

        await using var host = await RunningHost.StartAsync(_folder.Data);
        AssertShowsTheWayIn(host);
    }

    [Fact]
    public async Task Commands_join_a_running_server_and_take_effect_immediately()
    {
        using var folder = await ClusterFolder.PreparedAsync();
        await using var host = await RunningHost.StartAsync(folder.Data);
        var key = await HostProgram.JsonAsync(
            folder.Data, "key create --org demo --mode test --scopes events:read");
        var secret = key["key"]!.GetValue<string>();
        Assert.Equal(200, (await host.GetAsync("/api/v1/events", secret)).Status);
        await HostProgram.JsonAsync(folder.Data, $"key revoke {key["id"]!.GetValue<string>()}");
        Assert.Equal(401, (await host.GetAsync("/api/v1/events", secret)).Status);
        Assert.True(folder.IsServing);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Ctrl_C_stops_a_server_with_a_subscriber_within_five_seconds()
    {
        using var folder = await ClusterFolder.PreparedAsync();
        await using var host = await RunningHost.StartAsync(folder.Data);
        var id = (await EventsAsync(host, host.TestKey)).Split(' ')[0];
        await using var subscription = await OpenSubscription.OpenAsync(
            host.Http,
            "subscription ($id: ID!) { orderConfirmed(eventId: $id) { orderNumber } }",
            new { id },
            after: null,
            ("Authorization", $"Bearer {host.TestKey}"));
        Assert.Equal(200, subscription.Status);
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(0, await host.InterruptAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    /// <summary>When the signal arrives, the request waits in the database for a lock that the test holds.</summary>
    [Fact]
    public async Task A_request_that_runs_at_SIGTERM_gets_a_response_and_the_server_exits_with_0()
    {
        using var folder = await ClusterFolder.PreparedAsync();
        await using var host = await RunningHost.StartAsync(folder.Data);
        await using var cluster = await folder.AcquireAsync();
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand("LOCK TABLE events IN SHARE MODE", connection);
            await command.ExecuteNonQueryAsync();
            var request = host.PostAsync("/api/v1/events", host.TestKey, Seed.EventBody("Kept"));
            await Poll.UntilAsync(
                async () => await ClusterFolder.AskAsync(
                    cluster.ConnectionString,
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") is > 0L);
            await host.TerminateAsync();
            await Poll.UntilAsync(async () => !await IsListeningAsync(host));
            await transaction.RollbackAsync();
            Assert.Equal(201, (await request).Status);
        }

        Assert.Equal(0, await host.EndAsync());
        Assert.Equal(1L, await ClusterFolder.AskAsync(
            cluster.ConnectionString, "SELECT count(*) FROM events WHERE title = 'Kept'"));
    }

    private static async Task<bool> IsListeningAsync(RunningHost host)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, host.Http.BaseAddress!.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void AssertShowsTheWayIn(RunningHost host)
    {
        var url = host.Http.BaseAddress!.ToString().TrimEnd('/');
        foreach (var expected in new[]
        {
            $"Equaticket serves {url}\n",
            $"{url}/api/v1\n",
            $"{url}/graphql\n",
            $"curl {url}/api/v1/events -H \"Authorization: Bearer {host.TestKey}\"\n",
        })
            Assert.Contains(expected, host.Printed, StringComparison.Ordinal);
        Assert.Matches(@"Sign-in +owner@demo\.example +[a-z0-9]{16}\n", host.Printed);
        Assert.Equal([host.LiveKey, host.TestKey, host.TestKey], host.Keys);
    }

    private static async Task<string> EventsAsync(RunningHost host, string key)
    {
        var answer = await host.GetAsync("/api/v1/events", key);
        Assert.Equal(200, answer.Status);
        Assert.Equal(3, answer.Json!["data"]!.AsArray().Count);
        return string.Join(' ', answer.Json["data"]!.AsArray().Select(row => row!["id"]!.ToString()));
    }
}
