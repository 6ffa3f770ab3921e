using System.Net;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.RestFacade.Tests.Webhooks;

public sealed class EndpointGuardTests : ApiTest
{
    private const string Path = "/api/v1/webhooks";

    private static readonly string[] Events = ["order.created"];

    [Fact]
    public async Task Every_hostile_target_is_refused_when_it_is_saved()
    {
        Assert.True(HostileTargets.All.Count() >= 40);
        var id = (await CreateAsync(Org.Live, "https://example.com/")).AssertStatus(201).Id;
        foreach (var url in HostileTargets.All)
        {
            var created = await CreateAsync(Org.Live, url);
            Assert.True((created.Status, created.Param) == (400, "url"), $"{url}: {created.Body}");
            var changed = await Org.Live.PatchAsync($"{Path}/{id}", new { url });
            Assert.True((changed.Status, changed.Param) == (400, "url"), $"{url}: {changed.Body}");
        }
    }

    [Fact]
    public async Task Every_hostile_target_is_refused_when_it_is_sent_to()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["Webhooks:RetrySchedule"] = "" }));
        var org = await host.CreateOrganizationAsync();
        var id = (await CreateAsync(org.Live, "https://example.com/")).AssertStatus(201).Id;
        foreach (var url in HostileTargets.All)
        {
            await host.ExecuteSqlAsync(
                "UPDATE webhooks SET url = $1 WHERE id = $2", url, Guid.Parse(id));
            var attempt = await AttemptAsync(org.Live, id);
            Assert.True(
                attempt["response_status"] is null
                    && ((string)attempt["error"]!).Contains("ddress", StringComparison.Ordinal),
                $"{url}: {attempt}");
        }
    }

    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("192.0.1.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("2a00:1450:4001::1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("2001:4860::1", false)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("::ffff:9.9.9.9", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:32.0.0.1", false)]
    public void Connections_are_made_only_to_global_addresses_outside_the_denied_networks(
        string address, bool isAllowed)
    {
        var rules = Rules(denied: "8.8.8.0/24, 2001:4860::/32");
        Assert.Equal(isAllowed, rules.IsAllowed(IPAddress.Parse(address)));
    }

    [Fact]
    public async Task A_name_with_one_private_address_is_refused_and_one_that_does_not_resolve_is_not()
    {
        var names = new ScriptedResolver();
        await using var host = await StartAsync(names);
        var org = await host.CreateOrganizationAsync();
        names.Answers["mixed.example"] = ["93.184.215.14", "10.0.0.7"];
        names.Answers["metadata.example"] = ["169.254.169.254"];
        names.Answers["public.example"] = ["93.184.215.14", "2606:4700::1111"];
        (await CreateAsync(org.Live, "https://mixed.example/")).AssertRefused("validation_error", "url");
        (await CreateAsync(org.Live, "https://metadata.example/")).AssertRefused("validation_error", "url");
        (await CreateAsync(org.Live, "https://public.example/")).AssertStatus(201);
        (await CreateAsync(org.Live, "https://unknown.example/")).AssertStatus(201);
    }

    [Fact]
    public async Task No_connection_is_made_to_a_name_that_becomes_private_after_it_was_saved()
    {
        var names = new ScriptedResolver();
        await using var host = await StartAsync(names);
        await using var victim = await WebhookReceiver.StartAsync();
        var org = await host.CreateOrganizationAsync();
        names.Answers["rebinding.example"] = ["93.184.215.14"];
        var port = victim.Address.Port;
        var id = (await CreateAsync(org.Live, $"https://rebinding.example:{port}/")).AssertStatus(201).Id;
        names.Answers["rebinding.example"] = ["127.0.0.1"];
        var attempt = await AttemptAsync(org.Live, id);
        Assert.Contains("not reachable from the internet", (string)attempt["error"]!, StringComparison.Ordinal);
        Assert.Empty(victim.Received);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_not_followed()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings("")));
        await using var endpoint = await WebhookReceiver.StartAsync();
        await using var victim = await WebhookReceiver.StartAsync();
        endpoint.Answer = (_, http) =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = victim.Address.ToString();
            return Task.CompletedTask;
        };
        var org = await host.CreateOrganizationAsync();
        var id = (await org.Live.CreateWebhookAsync(endpoint.Address)).Id;
        var attempt = await AttemptAsync(org.Live, id);
        Assert.Equal(307, (int)attempt["response_status"]!);
        Assert.Contains("redirects are not followed", (string)attempt["error"]!, StringComparison.Ordinal);
        Assert.Single(endpoint.Received);
        Assert.Empty(victim.Received);
    }

    private static EndpointRules Rules(string denied) => new(Options.Create(
        new WebhookOptions { DeniedNetworks = denied }));

    private static Task<TestHost> StartAsync(ScriptedResolver names) =>
        TestHost.StartAsync(configure: builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["Webhooks:RetrySchedule"] = "" });
            builder.Services.AddSingleton<IHostResolver>(names);
        });

    private static Task<ApiResponse> CreateAsync(ApiClient client, string url) =>
        client.PostAsync(Path, new { url, events = Events });

    /// <returns>The only attempt to deliver a ping.</returns>
    private static async Task<System.Text.Json.Nodes.JsonNode> AttemptAsync(
        ApiClient client, string webhookId)
    {
        var delivery = $"{Path}/{webhookId}/deliveries/{await client.PingAsync(webhookId)}";
        ApiResponse? read = null;
        await Poll.UntilAsync(
            async () => (read = await client.GetAsync(delivery)).Text("status") == "failed");
        return read!.Json!["attempts"]!.AsArray().Single()!;
    }
}
