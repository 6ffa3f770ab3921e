namespace Equaticket.Testing;

/// <summary>Creates resources through the REST API, with defaults for details that a test doesn't care about.</summary>
public static class Seed
{
    /// <summary>The body of a future event.</summary>
    public static Dictionary<string, object?> EventBody(string title = "Test event") => new()
    {
        ["title"] = title,
        ["timezone"] = "America/Chicago",
        ["starts_at"] = "2099-09-15T18:00:00Z",
        ["currency"] = "usd",
    };

    public static Dictionary<string, object?> TicketTypeBody(long price = 2500, int? total = 100) =>
        new()
        {
            ["name"] = "General Admission",
            ["price"] = price,
            ["currency"] = "usd",
            ["quantity_total"] = total,
        };

    /// <returns>The id of a new draft event.</returns>
    public static async Task<string> CreateEventAsync(
        this ApiClient client, string title = "Test event")
    {
        var response = await client.PostAsync("/api/v1/events", EventBody(title));
        return Require(response);
    }

    /// <returns>The id of a new ticket type.</returns>
    public static async Task<string> CreateTicketTypeAsync(
        this ApiClient client, string eventId, long price = 2500, int? total = 100)
    {
        var response = await client.PostAsync(
            $"/api/v1/events/{eventId}/ticket-types", TicketTypeBody(price, total));
        return Require(response);
    }

    /// <returns>The id of a new event with one ticket type, on sale.</returns>
    public static async Task<string> CreatePublishedEventAsync(
        this ApiClient client, string title = "Test event")
    {
        var id = await client.CreateEventAsync(title);
        await client.CreateTicketTypeAsync(id);
        return Require(await client.PostAsync($"/api/v1/events/{id}/publish"));
    }

    /// <summary>Buys one ticket for an event on sale, without a key, like a buyer.</summary>
    /// <returns>The ticket codes.</returns>
    public static async Task<IReadOnlyList<string>> BuyAsync(
        this HttpClient http, string eventId, string ticketTypeId)
    {
        const string query =
            """
            mutation ($input: CheckoutInput!) { checkout(input: $input) { tickets { ticketCode } } }
            """;
        var input = new
        {
            eventId,
            buyerName = "Ada Lovelace",
            buyerEmail = "ada@example.com",
            items = new[] { new { ticketTypeId, quantity = 1 } },
        };
        var response = await ApiResponse.SendAsync(
            http, HttpMethod.Post, "/graphql", key: null, new { query, variables = new { input } });
        return [.. response.Json!["data"]!["checkout"]!["tickets"]!.AsArray()
            .Select(ticket => (string)ticket!["ticketCode"]!)];
    }

    private static string Require(ApiResponse response) =>
        response.Status is >= 200 and < 300
            ? response.Id
            : throw new InvalidOperationException($"{response.Status}: {response.Body}");
}
