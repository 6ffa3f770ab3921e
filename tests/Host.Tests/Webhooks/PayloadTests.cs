using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Webhooks.Deliveries;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>The complete body of each kind of message.</summary>
public sealed class PayloadTests : WebhookTest
{
    [Fact]
    public async Task A_sale_of_the_last_ticket_notifies_about_the_order_and_the_event()
    {
        var (eventId, ticketTypeId) = await Org.Live.CreateFreeEventAsync(total: 1);
        await Host.BuyAsync(eventId, ticketTypeId);
        await Endpoint.UntilReceivedAsync(2);
        Body("order.created").MatchSnapshot("Payload_order_created");
        Body("event.sold_out").MatchSnapshot("Payload_event_sold_out");
    }

    [Fact]
    public async Task A_scan_and_a_refund_notify_about_the_ticket_and_the_order()
    {
        await Org.Test.CreateWebhookAsync(Endpoint.Address);
        var (event_id, ticket_type_id) = await Org.Test.CreateFreeEventAsync();
        var items = new[] { new { ticket_type_id, quantity = 2 } };
        var order = await Org.Test.PostAsync(
            "/api/v1/test-helpers/orders",
            new { event_id, buyer_name = "Ada Lovelace", buyer_email = "ada@example.com", items });
        var tickets = (await Org.Test.GetAsync($"/api/v1/attendees?order_id={order.Id}")).Json!["data"]!;
        await Org.Test.PostAsync(
            $"/api/v1/test-helpers/attendees/{tickets[0]!["id"]}/check-in", new { });
        await Org.Test.PostAsync(
            $"/api/v1/test-helpers/orders/{order.Id}/refund",
            new { attendee_ids = new[] { (string?)tickets[1]!["id"] } });
        await Endpoint.UntilReceivedAsync(3);
        Body("ticket.checked_in").MatchSnapshot("Payload_ticket_checked_in");
        Body("order.refunded").MatchSnapshot("Payload_order_refunded");
    }

    [Fact]
    public async Task A_ping_names_its_webhook()
    {
        await Org.Live.PingAsync(Webhook.Id);
        await Endpoint.UntilReceivedAsync(1);
        Body("webhook.ping").MatchSnapshot("Payload_webhook_ping");
    }

    [Fact]
    public async Task Redacted_members_of_a_payload_are_null_as_documented()
    {
        await Org.Live.BuyFreeTicketAsync(Host);
        await Endpoint.UntilReceivedAsync(1);
        var admin = await Org.SignInAsync(Role.Admin);
        await admin.GraphQLAsync(
            """mutation { redactBuyer(email: "ada@example.com") { webhookEvents } }""");
        // Each response is checked against openapi.json.
        var told = await Org.Live.GetAsync(
            $"/api/v1/webhooks/{Webhook.Id}/deliveries?type=order.created");
        var data = told.Json!["data"]![0]!["payload"]!["data"]!.AsObject();
        Assert.Equal(
            ["buyer_email", "buyer_name"],
            data.Where(member => member.Value is null).Select(member => member.Key));
    }

    /// <summary>
    /// The payload, which must have exactly the documented members. The OpenAPI document allows additional ones, so the
    /// check of responses doesn't cover this.
    /// </summary>
    private ApiResponse Body(string type)
    {
        var received = Endpoint.Received.Single(
            r => r.Body.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));
        Assert.Equal(
            PayloadData.All.Single(payload => payload.Type == type).Members.Select(member => member.Name),
            JsonNode.Parse(received.Body)!["data"]!.AsObject().Select(member => member.Key));
        return new ApiResponse(
            200, new Dictionary<string, string>(), "application/json", received.Body);
    }
}
