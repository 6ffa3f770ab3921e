using System.Collections.Concurrent;
using CsCheck;
using Equaticket.Persistence.ApiKeys;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using Equaticket.Schema.Execution;
using Equaticket.Testing.Webhooks;
using GraphQL.Types;
using Xunit.Abstractions;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>
/// Random and hostile requests to every route: never a 5xx, never an error outside the envelope.
/// A failure prints its seed; <c>CsCheck_Seed</c> runs it again.
/// </summary>
public sealed class HostileInputTests(ITestOutputHelper output) : ApiTest
{
    private const int Events = 40;

    private readonly ConcurrentDictionary<(ApiRoute Route, int Class), int> _seen = new();
    private readonly List<Target> _targets = [];
    private Dictionary<KeyChoice, string?> _keys = [];

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
        foreach (var client in new[] { Org.Live, Org.Test })
        {
            var (sale, webhook) = (await SellAsync(client), await CreateWebhookAsync(client));
            for (var i = 0; i < Events / 2; i++)
                _targets.Add(await CreateTargetAsync(client, sale, webhook, publish: i % 2 == 0));
        }
    }

    [Fact]
    public Task Whatever_is_sent_is_answered_properly() => SampleAsync(seconds: 15);

    [Fact]
    [Trait("Category", "Long")]
    public Task Whatever_is_sent_for_two_minutes_is_answered_properly() => SampleAsync(seconds: 120);

    private async Task SampleAsync(int seconds)
    {
        var requests = HostileRequests.ToAnyRoute(Host.Get<OperationCatalog>(), Host.Get<ISchema>());
        await requests.SampleAsync(TryAsync, time: seconds);
        output.WriteLine($"{_seen.Values.Sum()} requests were answered by their routes.");
        // The requests are worth something only where some of them get through.
        foreach (var operation in Host.Get<OperationCatalog>().Operations)
        {
            foreach (var status in IsForSessions(operation) ? [4] : (int[])[2, 4])
            {
                Assert.True(
                    _seen.ContainsKey((operation.Route, status)),
                    $"No {status}xx of {operation.Route}.");
            }
        }
    }

    private bool IsForSessions(RestOperation operation) => operation.Operation.Refusal(
        Caller.ForKey(Org.Test.Key, Org.Organization), Operation.NoVariables) is not null;

    private async Task TryAsync(HostileRequest request)
    {
        var path = request.Path(_targets);
        var response = await ApiResponse.SendAsync(
            Host.Http, new HttpMethod(request.Method), path, _keys[request.Key],
            request.BodyFor(_targets),
            request.Headers);
        if (request.WebServerRefusal(path) is { } status)
        {
            Assert.Equal((status, ""), (response.Status, response.Body));
            return;
        }

        response.AssertSound(request.Method);
        if (request.Method == request.Route.Method)
            _seen.AddOrUpdate((request.Route, response.Status / 100), 1, (_, count) => count + 1);
    }

    private async Task<Target> CreateTargetAsync(
        ApiClient client, Sale sale, TargetWebhook webhook, bool publish)
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
