using System.Net;
using System.Text.Json.Nodes;
using Equaticket.Host.Tests.Webhooks;
using Equaticket.Persistence.Team;

namespace Equaticket.Host.Tests.Activity;

/// <summary>The timeline of a request, from the call to each attempt to deliver its events to webhooks.</summary>
public sealed class RequestTimelineTests : WebhookTest
{
    private const string Query =
        """
        query ($id: String!) {
          requestTimeline(requestId: $id) {
            requests { method path status isReplay writes { kind type id } }
            auditEntries { action subjectId apiKeyId requestId }
            webhookEvents {
              type requestId messageId
              deliveries { id webhookId status requestId attempts { outcome responseStatus error } }
            }
          }
        }
        """;

    protected override string RetrySchedule => "300ms";

    [Fact]
    public async Task A_request_shows_its_writes_events_deliveries_and_attempts()
    {
        Endpoint.AnswerWith(HttpStatusCode.ServiceUnavailable);
        var delivery = (await SendAsync(Org.Live, "ping-7", $"/api/v1/webhooks/{Webhook.Id}/ping", null)).Id;
        await UntilAttemptedAsync(delivery, 2);
        var timeline = await UntilLoggedAsync("ping-7");
        var request = timeline["requests"]![0]!;
        Assert.Equal(("POST", 202), ((string?)request["method"], (int)request["status"]!));
        Assert.Equal(
            $$"""[{"kind":"CREATED","type":"WEBHOOK_DELIVERY","id":"{{delivery}}"}]""",
            request["writes"]!.ToJsonString());
        var told = Assert.Single(timeline["webhookEvents"]!.AsArray())!;
        Assert.Equal(("WEBHOOK_PING", "ping-7"), ((string?)told["type"], (string?)told["requestId"]));
        var shown = Assert.Single(told["deliveries"]!.AsArray())!;
        Assert.Equal(
            (delivery, "FAILED", "ping-7"),
            ((string?)shown["id"], (string?)shown["status"], (string?)shown["requestId"]));
        Assert.Equal(2, shown["attempts"]!.AsArray().Count);
        Assert.Equal("STATUS", (string?)shown["attempts"]![0]!["outcome"]);
    }

    [Fact]
    public async Task A_sale_shows_its_order_and_tickets_and_the_order_its_request()
    {
        var eventId = await Org.Test.CreatePublishedEventAsync();
        var types = await Org.Test.GetAsync($"/api/v1/events/{eventId}/ticket-types");
        var order = (await SendAsync(Org.Test, "sale-1", "/api/v1/test-helpers/orders", new
        {
            event_id = eventId,
            buyer_name = "Ada",
            buyer_email = "ada@example.com",
            items = new[] { new { ticket_type_id = (string)types.Json!["data"]![0]!["id"]!, quantity = 2 } },
        })).Id;
        var timeline = await UntilLoggedAsync("sale-1", livemode: false);
        string[] writes = [.. timeline["requests"]![0]!["writes"]!.AsArray()
            .Select(write => $"{write!["kind"]} {write["type"]}")];
        Assert.Equal(["CREATED ATTENDEE", "CREATED ATTENDEE", "CREATED ORDER"], writes.Order(StringComparer.Ordinal));
        Assert.Contains(order, timeline.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("ORDER_CREATED", (string?)timeline["webhookEvents"]![0]!["type"]);
        var found = await Org.Test.GraphQLAsync(
            "query ($id: ID!) { order(id: $id) { requestId } }", new { id = order });
        Assert.Equal("sale-1", (string?)found.Json!["data"]!["order"]!["requestId"]);
    }

    [Fact]
    public async Task A_refused_write_and_a_replay_show_no_writes()
    {
        var eventId = await Org.Live.CreateEventAsync();
        (string, string) key = ("Idempotency-Key", "publish-1");
        await SendAsync(Org.Live, "refused", $"/api/v1/events/{eventId}/publish", null);
        await Org.Live.CreateTicketTypeAsync(eventId, price: 0);
        await SendAsync(Org.Live, "first", $"/api/v1/events/{eventId}/publish", null, key);
        await SendAsync(Org.Live, "again", $"/api/v1/events/{eventId}/publish", null, key);
        Assert.Empty(await WritesAsync("refused"));
        var write = Assert.Single(await WritesAsync("first"))!;
        Assert.Equal(
            ("CHANGED", "EVENT", eventId), ((string?)write["kind"], (string?)write["type"], (string?)write["id"]));
        Assert.Empty(await WritesAsync("again"));
        Assert.True((bool)(await UntilLoggedAsync("again"))["requests"]![0]!["isReplay"]!);
    }

    [Fact]
    public async Task The_audit_log_names_the_request()
    {
        var url = new Uri(Endpoint.Address, "/other");
        var created = await SendAsync(
            Org.Live, "audited", "/api/v1/webhooks", new { url, events = new[] { "order.created" } });
        var entry = Assert.Single((await UntilLoggedAsync("audited"))["auditEntries"]!.AsArray())!;
        Assert.Equal(
            ("WEBHOOK_CREATED", created.Id, $"{Org.Live.KeyId}", "audited"),
            ((string?)entry["action"], (string?)entry["subjectId"], (string?)entry["apiKeyId"],
                (string?)entry["requestId"]));
    }

    [Fact]
    public async Task A_timeline_requires_an_admin_of_its_organization_and_mode()
    {
        await SendAsync(Org.Live, "mine", $"/api/v1/webhooks/{Webhook.Id}/ping", null);
        await UntilLoggedAsync("mine");
        var other = await Host.CreateOrganizationAsync();
        IApiCaller[] strangers =
        [
            await other.SignInAsync(Role.Owner),
            await Org.SignInAsync(Role.Owner, livemode: false),
        ];
        foreach (var stranger in strangers)
            Assert.Equal("not_found", (await AskAsync(stranger, "mine")).ErrorCode);
        Assert.Equal("not_found", (await AskAsync(await Org.SignInAsync(Role.Admin), "unknown")).ErrorCode);
        Assert.Equal("forbidden", (await AskAsync(await Org.SignInAsync(Role.EventManager), "mine")).ErrorCode);
        Assert.Equal("forbidden", (await AskAsync(Org.Live, "mine")).ErrorCode);
    }

    [Fact]
    public async Task The_number_of_statements_does_not_grow_with_the_events()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        for (var i = 0; i < 3; i++)
        {
            var delivery = await SendAsync(Org.Live, "many", $"/api/v1/webhooks/{Webhook.Id}/ping", null);
            await UntilAttemptedAsync(delivery.Id, 1);
        }

        await UntilLoggedAsync("many", requests: 3);
        var (response, statements) = await StatementCounter.CountAsync(trace => admin.SendAsync(
            HttpMethod.Post, "/graphql", new { query = Query, variables = new { id = "many" } }, trace));
        Assert.Equal(3, response.Json!["data"]!["requestTimeline"]!["webhookEvents"]!.AsArray().Count);
        Assert.InRange(statements, 1, 7);
    }

    private static Task<ApiResponse> SendAsync(
        ApiClient client, string requestId, string path, object? body, params (string, string)[] headers) =>
        client.SendAsync(HttpMethod.Post, path, body, [("X-Request-Id", requestId), .. headers]);

    private static Task<ApiResponse> AskAsync(IApiCaller caller, string id) =>
        caller.SendAsync(HttpMethod.Post, "/graphql", new { query = Query, variables = new { id } });

    private async Task<JsonArray> WritesAsync(string id) =>
        (await UntilLoggedAsync(id))["requests"]![0]!["writes"]!.AsArray();

    private async Task<JsonNode> UntilLoggedAsync(string id, bool livemode = true, int requests = 1)
    {
        var admin = await Org.SignInAsync(Role.Admin, livemode);
        JsonNode? timeline = null;
        await Poll.UntilAsync(
            async () => (timeline = (await AskAsync(admin, id)).Json!["data"]?["requestTimeline"])
                ?["requests"]!.AsArray().Count == requests,
            TimeSpan.FromSeconds(30));
        return timeline!;
    }
}
