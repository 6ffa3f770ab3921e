using System.Net;
using System.Net.Sockets;
using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Serving;

public sealed class ServeTests : IDisposable
{
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(5);

    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_start_shows_the_way_in_and_the_second_finds_everything_and_shows_no_secret()
    {
        IReadOnlyList<string> keys;
        string events;
        await using (var first = await RunningHost.StartAsync(_folder.Data))
        {
            AssertShowsTheWayIn(first);
            keys = first.Keys;
            events = await EventsAsync(first, first.TestKey);
            var (exitCode, took) = await first.InterruptAsync();
            Assert.Equal(0, exitCode);
            Assert.True(took < EndBound, $"Ctrl-C took {took}.");
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
    public async Task Commands_join_a_running_server_and_take_effect_at_once()
    {
        await using var host = await RunningHost.StartAsync(_folder.Data);
        var key = await HostProgram.JsonAsync(
            _folder.Data, "key create --org demo --mode test --scopes events:read");
        var secret = key["key"]!.GetValue<string>();
        Assert.Equal(200, (await host.GetAsync("/api/v1/events", secret)).Status);
        await HostProgram.JsonAsync(_folder.Data, $"key revoke {key["id"]!.GetValue<string>()}");
        Assert.Equal(401, (await host.GetAsync("/api/v1/events", secret)).Status);
        Assert.True(_folder.IsServing);
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
