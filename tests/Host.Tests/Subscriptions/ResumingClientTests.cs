using System.Net;
using System.Net.Sockets;
using Equaticket.Engine.Input;
using Equaticket.Host.Tests.Serving;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Subscriptions;

/// <summary>
/// A frontend's client receives from one host what another host sells. It misses nothing if the host that it is
/// connected to is killed or stopped, and then restarted.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class ResumingClientTests : ApiTest
{
    private readonly List<string> _sold = [];
    private readonly int _port = FreePort();

    [Fact]
    public async Task No_sale_of_another_host_is_missed_across_a_kill_and_a_restart()
    {
        var (eventId, typeId) = await Org.Live.CreateFreeEventAsync();
        var url = new Uri($"http://127.0.0.1:{_port}/graphql");
        await using var client = await FollowingClient.StartAsync(url, Org.Live.Secret, eventId);
        await using (var host = await StartAsync())
        {
            await client.UntilConnectedAsync(1);
            await host.KillAsync();
        }

        // The host is killed before it has sent anything.
        await SellAsync(eventId, typeId, 2);
        await using (var host = await StartAsync())
        {
            await client.UntilToldAsync(2);
            await SellAsync(eventId, typeId, 3);
            await client.UntilToldAsync(5);
            await host.KillAsync();
        }

        await SellAsync(eventId, typeId, 3);
        await using (var host = await StartAsync())
        {
            await client.UntilToldAsync(8);
            Assert.Equal(0, await host.InterruptAsync());
        }

        await SellAsync(eventId, typeId, 2);
        await using (await StartAsync())
        {
            await client.UntilToldAsync(10);
            await SellAsync(eventId, typeId, 1);
            await client.UntilToldAsync(11);
        }

        Assert.Equal(_sold, client.Orders);
        Assert.Empty(client.Others);
        Assert.Equal(4, client.Connections);
    }

    [Fact]
    public void The_page_shows_the_client_that_is_compiled_and_run_here() => Assert.Contains(
        $"```ts\n{File.ReadAllText(Repository.File("tests/Host.Tests/subscription-tools/follow.ts"))}```",
        File.ReadAllText(Repository.File("docs/graphql.md")),
        StringComparison.Ordinal);

    [Fact]
    public async Task An_invalid_key_is_reported_immediately()
    {
        var url = new Uri(Host.Http.BaseAddress!, "graphql");
        await using var client = await FollowingClient.StartAsync(url, "sk_test_none", Guid.Empty.ToString());
        await client.UntilEndedAsync();
        Assert.Contains("unauthorized", client.Others[0], StringComparison.Ordinal);
        Assert.Equal(["complete"], client.Others.Skip(1));
        Assert.Equal(0, client.Connections);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync(
        Path.GetTempPath(), words: null,
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{_port}"),
        ("ConnectionStrings__Equaticket", Host.ConnectionString),
        ("ASPNETCORE_ENVIRONMENT", "Development"));

    private async Task SellAsync(string eventId, string typeId, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var bought = await Host.BuyAsync(eventId, typeId);
            _sold.Add((string)bought.Json!["data"]!["checkout"]!["orderNumber"]!);
        }
    }
}
