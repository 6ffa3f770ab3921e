using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>The whole body of each message, once.</summary>
public sealed class PayloadTests : WebhookTest
{
    [Fact]
    public async Task A_sale_of_the_last_ticket_tells_of_the_order_and_of_the_event()
    {
        var (eventId, ticketTypeId) = await Org.Live.CreateFreeEventAsync(total: 1);
        await Host.BuyAsync(eventId, ticketTypeId);
        await Endpoint.UntilReceivedAsync(2);
        Body("order.created").MatchSnapshot("Payload_order_created");
        Body("event.sold_out").MatchSnapshot("Payload_event_sold_out");
    }

    [Fact]
    public async Task A_ping_tells_of_its_webhook()
    {
        await Org.Live.PingAsync(Webhook.Id);
        await Endpoint.UntilReceivedAsync(1);
        Body("webhook.ping").MatchSnapshot("Payload_webhook_ping");
    }

    private ApiResponse Body(string type)
    {
        var received = Endpoint.Received.Single(
            r => r.Body.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));
        return new ApiResponse(
            200, new Dictionary<string, string>(), "application/json", received.Body);
    }
}
