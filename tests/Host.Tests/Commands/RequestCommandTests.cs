using Equaticket.Host.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Commands;

[Trait("Category", "Heavy")]
public sealed class RequestCommandTests(CommandFolder folder) : IClassFixture<CommandFolder>
{
    [Fact]
    public async Task Find_prints_every_request_with_an_id()
    {
        var keyId = await SendAsync();

        var found = await folder.RunAsync("requests find order_66");
        Assert.Equal(0, found.ExitCode);
        var lines = found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches($"Z  GET /api/v1/events/none  404 not_found  [0-9]+ ms  key {keyId}  ", lines[0]);
        Assert.Matches($"Z  POST /api/v1/events  400 validation_error  [0-9]+ ms  key {keyId}  ", lines[1]);

        var json = await folder.RunAsync("requests find order_66 --json");
        var row = System.Text.Json.Nodes.JsonNode.Parse(json.Output)!["requests"]![1]!;
        Assert.Equal(("POST", 400), ((string?)row["method"], (int)row["status"]!));

        await AssertTimelineAsync(keyId);

        var none = await folder.RunAsync("requests find nothing");
        Assert.Equal(
            (0, "No request in the last 30 days has this ID.\n"), (none.ExitCode, none.Output));
    }

    private async Task AssertTimelineAsync(Guid keyId)
    {
        var found = await folder.RunAsync("requests find hook_1");
        Assert.Matches(
            $"Z  POST /api/v1/webhooks  201   [0-9]+ ms  key {keyId} .*\n  created webhook [0-9a-f-]+\n"
                + ".*Z  audit log  webhook.created  [0-9a-f-]+  by .*\n", found.Output);
        var ping = await folder.RunAsync("requests find ping_1");
        Assert.Matches(
            "  created webhook_delivery [0-9a-f-]+\n.*Z  webhook.ping  evt_[0-9a-f]+\n"
                + "  delivery [0-9a-f-]+  webhook [0-9a-f-]+  [a-z]+\n", ping.Output);
        var json = await folder.RunAsync("requests find ping_1 --json");
        Assert.Single(System.Text.Json.Nodes.JsonNode.Parse(json.Output)!["webhook_events"]![0]!["deliveries"]!.AsArray());
    }

    /// <summary>Sends two requests with the same id, and others, to a host that records them before it stops.</summary>
    private async Task<Guid> SendAsync()
    {
        await using var cluster = await EmbeddedCluster.AcquireAsync(folder.Data, CancellationToken.None);
        await using var host = await TestHost.StartAsync(cluster.ConnectionString);
        var org = await host.CreateOrganizationAsync();
        (string, string) id = ("X-Request-Id", "order_66");
        await org.Live.SendAsync(HttpMethod.Get, "/api/v1/events/none", body: null, id);
        await org.Live.SendAsync(HttpMethod.Post, "/api/v1/events", new { }, id);
        var hook = await org.Live.SendAsync(
            HttpMethod.Post, "/api/v1/webhooks",
            new { url = "https://example.com/", events = new[] { "order.created" } }, ("X-Request-Id", "hook_1"));
        await org.Live.SendAsync(
            HttpMethod.Post, $"/api/v1/webhooks/{hook.Id}/ping", body: null, ("X-Request-Id", "ping_1"));
        return org.Live.KeyId;
    }
}
