using System.Text.Json.Nodes;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>Buys tickets as a buyer does: through <c>/graphql</c>, without an API key.</summary>
internal static class Buying
{
    private const string Fields =
        """
        checkoutToken status orderNumber eventId currency totalAmount expiresAt
        clientSecret stripeAccount tickets { ticketCode ticketTypeName status }
        """;

    public static Task<ApiResponse> CheckoutAsync(
        this TestHost host, object input, string? idempotencyKey = null) =>
        SendAsync(
            host,
            $"mutation ($input: CheckoutInput!) {{ checkout(input: $input) {{ {Fields} }} }}",
            new { input },
            idempotencyKey);

    public static Task<ApiResponse> CancelCheckoutAsync(this TestHost host, string token) =>
        SendAsync(
            host,
            $"mutation ($token: String!) {{ cancelCheckout(token: $token) {{ {Fields} }} }}",
            new { token });

    public static Task<ApiResponse> CheckoutStatusAsync(this TestHost host, string token) =>
        SendAsync(
            host, $"query ($token: String!) {{ checkoutStatus(token: $token) {{ {Fields} }} }}", new { token });

    /// <summary>The input of a checkout.</summary>
    public static Dictionary<string, object?> Cart(
        string eventId, params (string TicketTypeId, int Quantity)[] items) => new()
        {
            ["eventId"] = eventId,
            ["buyerName"] = "Ada Lovelace",
            ["buyerEmail"] = "ada@example.com",
            ["items"] = items.Select(
                item => new { ticketTypeId = item.TicketTypeId, quantity = item.Quantity }).ToArray(),
        };

    public static JsonNode Checkout(this ApiResponse response) => response.Data()["checkout"]!;

    /// <summary>Creates an event with one ticket type and publishes it.</summary>
    public static async Task<(string EventId, string TypeId)> PutOnSaleAsync(
        this ApiClient client, long price = 2500, int? total = 100)
    {
        var eventId = await client.CreateEventAsync();
        var typeId = await client.CreateTicketTypeAsync(eventId, price, total);
        var published = await client.PostAsync($"/api/v1/events/{eventId}/publish");
        Assert.True(published.Status == 200, published.Body);
        return (eventId, typeId);
    }

    /// <returns>The sold and available quantities of a ticket type.</returns>
    public static async Task<(int Sold, int? Available)> StockAsync(
        this ApiClient client, string eventId, string typeId)
    {
        var type = (await client.GetAsync($"/api/v1/events/{eventId}/ticket-types/{typeId}")).Json!;
        return (type["quantity_sold"]!.GetValue<int>(), (int?)type["quantity_available"]);
    }

    private static Task<ApiResponse> SendAsync(
        TestHost host, string query, object variables, string? idempotencyKey = null) =>
        ApiResponse.SendAsync(
            host.Http, HttpMethod.Post, "/graphql", key: null, new { query, variables },
            idempotencyKey is null
                ? [Asking.Accept]
                : [Asking.Accept, ("Idempotency-Key", idempotencyKey)]);
}
