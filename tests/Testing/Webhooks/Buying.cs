namespace Equaticket.Testing.Webhooks;

/// <summary>Creates orders, which cause webhook events.</summary>
public static class Buying
{
    private const string Checkout =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { status orderNumber } }";

    /// <returns>A published event with one free ticket type.</returns>
    public static async Task<(string EventId, string TicketTypeId)> CreateFreeEventAsync(
        this ApiClient client, int? total = null)
    {
        var eventId = await client.CreateEventAsync();
        var ticketTypeId = await client.CreateTicketTypeAsync(eventId, price: 0, total: total);
        await client.PostAsync($"/api/v1/events/{eventId}/publish");
        return (eventId, ticketTypeId);
    }

    /// <summary>Buys without a key, as anyone may.</summary>
    public static Task<ApiResponse> BuyAsync(
        this TestHost host, string eventId, string ticketTypeId, int quantity = 1) =>
        ApiResponse.SendAsync(
            host.Http,
            HttpMethod.Post,
            "/graphql",
            key: null,
            new
            {
                query = Checkout,
                variables = new
                {
                    input = new
                    {
                        eventId,
                        buyerName = "Ada Lovelace",
                        buyerEmail = "ada@example.com",
                        items = new[] { new { ticketTypeId, quantity } },
                    },
                },
            });

    /// <summary>Creates an event and buys its free ticket.</summary>
    public static async Task BuyFreeTicketAsync(this ApiClient client, TestHost host)
    {
        var (eventId, ticketTypeId) = await client.CreateFreeEventAsync();
        var bought = await host.BuyAsync(eventId, ticketTypeId);
        if ((string?)bought.Json!["data"]?["checkout"]?["status"] != "CONFIRMED")
            throw new InvalidOperationException(bought.Body);
    }
}
