using System.Collections.Concurrent;
using CsCheck;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using Equaticket.Schema.Execution;
using Equaticket.Testing.Webhooks;
using GraphQL.Types;
using Xunit.Abstractions;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>
/// Random and hostile requests to every route: never a 5xx, never an error outside the envelope. A failure prints its
/// seed, and <c>CsCheck_Seed</c> repeats it.
/// </summary>
[Trait("Category", "Slow")]
public sealed class HostileInputTests(ITestOutputHelper output) : ApiTest
{
    private const int Events = 40;
    private const int MaxRounds = 4;

    private readonly ConcurrentDictionary<(ApiRoute Route, int Class), int> _seen = new();
    private readonly List<Target> _targets = [];
    private Dictionary<KeyChoice, string?> _keys = [];
    private TestOrganization _elsewhere = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        _keys = new()
        {
            [KeyChoice.Live] = Org.Live.Secret,
            [KeyChoice.Test] = Org.Test.Secret,
            [KeyChoice.ReadOnly] = reader.Secret,
            [KeyChoice.None] = null,
        };
        // Resets use separate data, so that they don't affect the other requests.
        _elsewhere = await Host.CreateOrganizationAsync();
        foreach (var client in new[] { Org.Live, Org.Test })
        {
            var webhook = new WebhookSlot(await CreateWebhookAsync(client));
            for (var i = 0; i < Events / 2; i++)
            {
                _targets.Add(await CreateTargetAsync(
                    client, await SellAsync(client), webhook, publish: i % 2 == 0));
            }
        }
    }

    [Fact]
    public Task Every_response_is_valid() => SampleAsync(seconds: 30);

    [Fact]
    [Trait("Category", "Long")]
    public Task Every_response_in_two_minutes_is_valid() => SampleAsync(seconds: 120);

    private async Task SampleAsync(int seconds)
    {
        var requests = HostileRequests.ToAnyRoute(Host.Get<OperationCatalog>(), Host.Get<ISchema>());
        // The requests are useful only if some of them succeed, and a busy machine sends few in the given time.
        for (var round = 0; round < MaxRounds && (round == 0 || Missing().Any()); round++)
            await requests.SampleAsync(TryAsync, time: seconds);
        output.WriteLine($"{_seen.Values.Sum()} requests were answered by their routes.");
        Assert.True(!Missing().Any(), $"No request got {string.Join(", ", Missing())}.");
    }

    /// <summary>The status classes that no route has returned yet.</summary>
    private IEnumerable<string> Missing() =>
        from operation in Host.Get<OperationCatalog>().Operations
        from status in IsForSessions(operation) ? [4] : (int[])[2, 4]
        where !_seen.ContainsKey((operation.Route, status))
        select $"{status}xx of {operation.Route}";

    private bool IsForSessions(RestOperation operation) => operation.Operation.Refusal(
        Caller.ForKey(Org.Test.Key, Org.Organization), Operation.NoVariables) is not null;

    private async Task TryAsync(HostileRequest request)
    {
        var path = request.Path(_targets);
        var key = request is { Route.Operation: "ResetTestData", Key: KeyChoice.Test }
            ? _elsewhere.Test.Secret
            : _keys[request.Key];
        var response = await ApiResponse.SendAsync(
            Host.Http, new HttpMethod(request.Method), path, key,
            request.BodyFor(_targets[^1].Sale), request.Headers);
        if (request.WebServerRefusal(path) is { } status)
        {
            Assert.Equal((status, ""), (response.Status, response.Body));
            return;
        }

        response.AssertSound(request.Method);
        if (response.Status is 200 or 204)
            await RenewAsync(request);
        // At most 100 webhooks may exist, and the replacements for deleted ones need room.
        if (request.Route.Operation == "CreateWebhook" && response.Status == 201)
        {
            var client = request.Key == KeyChoice.Live ? Org.Live : Org.Test;
            await client.DeleteAsync($"/api/v1/webhooks/{response.Id}");
        }

        if (request.Method == request.Route.Method)
            _seen.AddOrUpdate((request.Route, response.Status / 100), 1, (_, count) => count + 1);
    }

    /// <summary>
    /// Replaces objects that can be used only once. Concurrent requests replace different parts of a target.
    /// </summary>
    private async Task RenewAsync(HostileRequest request)
    {
        var slot = request.Index(_targets.Count);
        var (target, client) = (_targets[slot], slot < Events / 2 ? Org.Live : Org.Test);
        switch (request.Route.Operation)
        {
            case "PublishEvent" or "CancelEvent":
                var made = await CreateTargetAsync(
                    client, target.Sale, target.Hook, publish: slot % 2 == 0);
                lock (_targets)
                    _targets[slot] = made with { Sale = _targets[slot].Sale };
                break;
            case "SimulateRefund" or "SimulateCheckIn":
                var sale = await SellAsync(client);
                lock (_targets)
                    _targets[slot] = _targets[slot] with { Sale = sale };
                break;
            case "UpdateWebhook":
                // A disabled webhook does not accept pings.
                await client.PatchAsync(
                    $"/api/v1/webhooks/{target.Hook.Current.WebhookId}", new { status = "enabled" });
                break;
            case "DeleteWebhook":
                target.Hook.Current = await CreateWebhookAsync(client);
                break;
        }
    }

    private async Task<Target> CreateTargetAsync(
        ApiClient client, Sale sale, WebhookSlot webhook, bool publish)
    {
        var id = await client.CreateEventAsync();
        var ticketType = await client.CreateTicketTypeAsync(id);
        if (publish)
            (await client.PostAsync($"/api/v1/events/{id}/publish")).AssertStatus(200);
        var slug = (await client.GetAsync($"/api/v1/events/{id}")).Text("slug")!;
        return new Target(Org.Slug, id, ticketType, slug, sale, webhook, $"{client.KeyId}");
    }

    private static async Task<TargetWebhook> CreateWebhookAsync(ApiClient client)
    {
        var id = (await client.CreateWebhookAsync(new("https://example.com/"))).Id;
        return new TargetWebhook(id, await client.PingAsync(id));
    }

    private async Task<Sale> SellAsync(ApiClient client)
    {
        var id = await client.CreatePublishedEventAsync();
        return await Host.SellAsync(client, id, await client.CreateTicketTypeAsync(id, price: 0));
    }
}
