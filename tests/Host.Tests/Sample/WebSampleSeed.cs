namespace Equaticket.Host.Tests.Sample;

/// <summary>The data that the sample shows.</summary>
internal static class WebSampleSeed
{
    public const int Orders = 500;
    public const int Events = 30;

    /// <summary>A currency, the time zone of its event, and how the page displays a price of 250,000.</summary>
    public static IReadOnlyList<(string Currency, string TimeZone, string Price)> Venues { get; } =
    [
        ("usd", "America/Chicago", "$2,500.00"),
        ("huf", "Europe/Budapest", "HUF 2,500.00"),
        ("jpy", "Asia/Tokyo", "¥250,000"),
        ("kwd", "Asia/Kuwait", "KWD 250.000"),
    ];

    /// <returns>The numbers of new test orders, which alternate between the venues, newest first.</returns>
    public static async Task<List<string>> PlaceOrdersAsync(this TestOrganization org)
    {
        var items = new List<(string EventId, string TicketTypeId)>();
        foreach (var (currency, timezone, _) in Venues)
        {
            items.Add(await PublishAsync(org.Test, new(Seed.EventBody($"A night in {timezone.Split('/')[1]}"))
            {
                ["currency"] = currency,
                ["timezone"] = timezone,
            }));
        }

        var numbers = new List<string>();
        for (var n = 1; n <= Orders; n++)
        {
            var (eventId, ticketTypeId) = items[^(((n - 1) % items.Count) + 1)];
            var order = await org.Test.PostAsync("/api/v1/test-helpers/orders", new
            {
                event_id = eventId,
                buyer_name = "Ada Lovelace",
                buyer_email = $"ada+{n}@example.com",
                items = new[] { new { ticket_type_id = ticketTypeId, quantity = 1 } },
            });
            numbers.Insert(0, (string)order.Json!["order_number"]!);
        }

        return numbers;
    }

    /// <returns>The titles of new live events, newest first.</returns>
    public static async Task<List<string>> PublishEventsAsync(this TestOrganization org)
    {
        var titles = new List<string>();
        for (var n = 1; n <= Events; n++)
        {
            titles.Insert(0, $"Spring Workshop {n}");
            await PublishAsync(org.Live, new(Seed.EventBody(titles[0]))
            {
                ["ends_at"] = "2099-09-15T21:00:00Z",
                ["venue_name"] = "Harbour Hall",
                ["venue_address"] = "1 Pier Road, Chicago",
                ["description"] = "A day of talks and tools, with lunch by the water.",
            });
        }

        return titles;
    }

    private static async Task<(string EventId, string TicketTypeId)> PublishAsync(
        ApiClient client, Dictionary<string, object?> body)
    {
        var eventId = (await client.PostAsync("/api/v1/events", body)).Id;
        var type = Seed.TicketTypeBody(price: 250_000, total: Orders);
        type["currency"] = body["currency"];
        var ticketTypeId = (await client.PostAsync($"/api/v1/events/{eventId}/ticket-types", type)).Id;
        await client.PostAsync($"/api/v1/events/{eventId}/publish");
        return (eventId, ticketTypeId);
    }
}
