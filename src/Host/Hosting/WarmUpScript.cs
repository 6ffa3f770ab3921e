using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.RestFacade.Answers;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.Hosting;

/// <summary>The requests and operations of the warm-up: those that clients send most.</summary>
internal sealed class WarmUpScript(OperationCatalog catalog)
{
    private const string Checkout =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber status } }";

    /// <summary>Requests that are rejected or find nothing, but only after most of the code has run.</summary>
    public static IEnumerable<HttpRequestMessage> Requests()
    {
        yield return new HttpRequestMessage(HttpMethod.Get, "/api/v1/public/events?org_slug=warm-up");
        yield return new HttpRequestMessage(HttpMethod.Get, "/api/v1/events")
        {
            Headers = { Authorization = UnknownKey() },
        };
        yield return GraphQL(new { query = "{ __typename }" });
        yield return GraphQL(new
        {
            query = Checkout,
            variables = new
            {
                input = new
                {
                    eventId = Guid.Empty,
                    buyerName = "Warm-up",
                    buyerEmail = "warm-up@example.com",
                    items = new[] { new { ticketTypeId = Guid.Empty, quantity = 1 } },
                },
            },
        });
    }

    /// <summary>Simulates an event from its creation to a refund, and the reads of an organizer.</summary>
    public async Task PlayAsync(Caller caller, Func<OperationRequest, Task<Answer>> runAsync)
    {
        var stage = new Stage(catalog, caller, runAsync);
        var id = (string)(await stage.CallAsync("CreateEvent", new
        {
            title = "Warm-up",
            timezone = "Europe/Oslo",
            starts_at = "2099-06-01T18:00:00Z",
            currency = "eur",
        }))["id"]!;
        var type = await stage.CallAsync(
            "CreateTicketType", new { name = "Warm-up", price = 100, currency = "eur", quantity_total = 10 }, id);
        await stage.CallAsync("UpdateEvent", new { description = "Warm-up" }, id);
        await stage.CallAsync("PublishEvent", body: null, id);
        var order = (string)(await stage.CallAsync("SimulateOrder", new
        {
            event_id = id,
            buyer_name = "Warm-up",
            buyer_email = "warm-up@example.com",
            items = new[] { new { ticket_type_id = (string)type["id"]!, quantity = 2 } },
        }))["id"]!;
        var attendees = await stage.CallAsync("ListAttendees");
        await stage.CallAsync("SimulateCheckIn", body: null, (string)attendees["data"]![0]!["id"]!);
        foreach (var list in (string[])["ListEvents", "ListOrders", "ListWebhooks"])
            await stage.CallAsync(list);
        foreach (var read in (string[])["GetEvent", "ListTicketTypes", "ListEventOrders", "ListEventAttendees"])
            await stage.CallAsync(read, body: null, id);
        await stage.CallAsync("GetOrder", body: null, order);
        await stage.CallAsync("SimulateRefund", new { }, order);
    }

    private static AuthenticationHeaderValue UnknownKey() =>
        new("Bearer", ApiKeySecret.Create(livemode: false).Text);

    private static HttpRequestMessage GraphQL(object body) =>
        new(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(body) };

    /// <summary>Runs the operations of routes as one caller.</summary>
    private sealed class Stage(
        OperationCatalog catalog, Caller caller, Func<OperationRequest, Task<Answer>> runAsync)
    {
        public async Task<JsonNode> CallAsync(string name, object? body = null, string? id = null)
        {
            var operation = catalog.Operations.Single(known => known.Route.Operation == name);
            var answer = await runAsync(Request(operation, body, id));
            return answer.Error is { } error
                ? throw new InvalidOperationException($"{name} got the error {error}.")
                : JsonNode.Parse(answer.Body.Span)!;
        }

        /// <summary>The request, with the variables that the route's endpoint would bind.</summary>
        private OperationRequest Request(RestOperation operation, object? body, string? id)
        {
            var http = new DefaultHttpContext { TraceIdentifier = "warm-up" };
            http.Request.Method = operation.Route.Method;
            http.Request.Path = operation.Route.Template;
            if (id is not null)
                http.Request.RouteValues.Add("id", id);
            var json = body is null ? default : JsonSerializer.SerializeToElement(body);
            return new OperationRequest(
                operation.Operation,
                operation.Binder.Bind(http.Request, json),
                caller,
                new PublicUrls(EquaticketServer.DefaultUrl),
                new RestAnswers(operation, http, livemode: false).Render)
            {
                Claim = operation.Operation.IsMutation
                    ? WriteClaim.Of(operation.Route.Operation, operation.Route.Template)
                    : null,
            };
        }
    }
}

/// <summary>Registers the warm-up.</summary>
internal static class WarmUpServices
{
    /// <param name="builder">The server, whose setting <c>WarmUp__Enabled</c> can turn the warm-up off.</param>
    public static void AddWarmUp(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue("WarmUp:Enabled", defaultValue: true))
        {
            builder.Services.AddSingleton<WarmUpScript>()
                .AddSingleton<WarmUp>()
                .AddHostedService(provider => provider.GetRequiredService<WarmUp>());
        }
    }
}
