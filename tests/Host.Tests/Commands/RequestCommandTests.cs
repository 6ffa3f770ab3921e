using Equaticket.Host.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Commands;

[Trait("Category", "Slow")]
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
        Assert.Matches($"Z  POST /api/v1/events  400 validation_error  [0-9]+ ms  key {keyId}  ", lines[0]);
        Assert.Matches($"Z  GET /api/v1/events/none  404 not_found  [0-9]+ ms  key {keyId}  ", lines[1]);

        var json = await folder.RunAsync("requests find order_66 --json");
        var row = System.Text.Json.Nodes.JsonNode.Parse(json.Output.Split('\n')[0])!;
        Assert.Equal(("POST", 400), ((string?)row["method"], (int)row["status"]!));

        var none = await folder.RunAsync("requests find nothing");
        Assert.Equal(
            (0, "No request in the last 30 days has this id.\n"), (none.ExitCode, none.Output));
    }

    /// <summary>Sends two requests with one id to a host that writes them down before it ends.</summary>
    private async Task<Guid> SendAsync()
    {
        await using var cluster = await EmbeddedCluster.AcquireAsync(folder.Data, CancellationToken.None);
        await using var host = await TestHost.StartAsync(cluster.ConnectionString);
        var org = await host.CreateOrganizationAsync();
        (string, string) id = ("X-Request-Id", "order_66");
        await org.Live.SendAsync(HttpMethod.Get, "/api/v1/events/none", body: null, id);
        await org.Live.SendAsync(HttpMethod.Post, "/api/v1/events", new { }, id);
        return org.Live.KeyId;
    }
}
