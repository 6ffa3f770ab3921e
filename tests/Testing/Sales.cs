using System.Text.Json.Nodes;

namespace Equaticket.Testing;

/// <summary>Sells tickets the way buyers get them: through the schema's checkout, without a key.</summary>
public static class Sales
{
    private const string Checkout =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber } }";

    /// <param name="host">The host.</param>
    /// <param name="seller">A key for the event's organization and mode, to read the sale.</param>
    /// <param name="eventId">A published event.</param>
    /// <param name="ticketTypeId">A free ticket type, or any of a test event.</param>
    /// <param name="buyer">Overrides the default quantity, name and email.</param>
    /// <returns>The order and its tickets, as REST returns them.</returns>
    public static async Task<Sale> SellAsync(
        this TestHost host,
        ApiClient seller,
        string eventId,
        string ticketTypeId,
        (int Quantity, string Name, string Email)? buyer = null)
    {
        var (quantity, buyerName, buyerEmail) = buyer ?? (1, "Ada Lovelace", "Ada@Example.com");
        var items = new[] { new { ticketTypeId, quantity } };
        var input = new { eventId, buyerName, buyerEmail, items };
        var answer = await ApiResponse.SendAsync(
            host.Http, HttpMethod.Post, "/graphql", key: null,
            new { query = Checkout, variables = new { input } });
        var number = (string?)answer.Json!["data"]?["checkout"]?["orderNumber"]
            ?? throw new InvalidOperationException(answer.Body);
        var orders = await seller.GetAsync($"/api/v1/orders?order_number={number}");
        var order = orders.Json!["data"]![0]!.AsObject();
        var tickets = await seller.GetAsync($"/api/v1/attendees?order_id={order["id"]}&limit=100");
        return new Sale(order, tickets.Json!["data"]!.AsArray());
    }
}

/// <summary>A completed purchase.</summary>
public sealed record Sale(JsonObject Order, JsonArray Tickets)
{
    public string OrderId => (string)Order["id"]!;

    public string EventId => (string)Order["event_id"]!;

    public string TicketTypeId => (string)Order["line_items"]![0]!["ticket_type_id"]!;

    /// <summary>The newest ticket.</summary>
    public string AttendeeId => (string)Tickets[0]!["id"]!;
}
