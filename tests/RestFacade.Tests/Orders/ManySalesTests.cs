using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.Orders;

/// <summary>The calls in the public API guide, with a hundred thousand orders.</summary>
[Trait("Category", "Slow")]
public sealed class ManySalesTests(HundredThousandSales sales) : IClassFixture<HundredThousandSales>
{
    private const string Nested =
        """
        query ($first: Int!) {
          orders(first: $first, filter: { status: CONFIRMED }) {
            nodes {
              orderNumber event { title orders(first: 2) { nodes { id } } }
              lineItems { name } refunds { amount } payment { status }
              attendees(first: 2) {
                nodes { name order { orderNumber } ticketType { name attendees(first: 1) { nodes { id } } } }
              }
            }
          }
        }
        """;

    /// <summary>The calls as printed under "Read orders", "Read attendees", and "Pagination".</summary>
    public static TheoryData<string, bool> Calls => new()
    {
        { "/api/v1/orders", true },
        { "/api/v1/events/EVENT_ID/orders", true },
        { "/api/v1/orders?status=confirmed", true },
        { "/api/v1/orders?buyer_email=jane@example.com", false },
        { "/api/v1/orders?limit=50", true },
        { "/api/v1/attendees", true },
        { "/api/v1/events/EVENT_ID/attendees", true },
        { "/api/v1/events/RARE_EVENT_ID/attendees?checked_in=true", false },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task The_calls_of_the_guide_work_as_printed(string call, bool hasMore)
    {
        var page = (await GetAsync(call)).AssertStatus(200).Json!;
        var limit = call.EndsWith("limit=50", StringComparison.Ordinal) ? 50 : 25;
        Assert.Equal((true, hasMore), ((bool)page["livemode"]!, (bool)page["has_more"]!));
        Assert.Equal(hasMore ? limit : 10, page["data"]!.AsArray().Count);
        if (!hasMore)
            return;
        var separator = call.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var next = await GetAsync($"{call}{separator}cursor={(string)page["next_cursor"]!}");
        Assert.Empty(Ids(page).Intersect(Ids(next.AssertStatus(200).Json!)));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_page_takes_as_many_statements_for_100_rows_as_for_one(
        string call, bool hasMore)
    {
        var path = call.Split('?')[0];
        var query = call.Contains("limit=", StringComparison.Ordinal) ? "" : call[path.Length..].TrimStart('?');
        var one = await CountAsync($"{path}?limit=1&{query}");
        Assert.Equal(one, await CountAsync($"{path}?limit=100&{query}"));
        Assert.InRange(one, 1, hasMore ? 5 : 6);
    }

    [Fact]
    public async Task Nested_connections_take_as_many_statements_for_100_orders_as_for_one()
    {
        var one = await CountNestedAsync(1);
        Assert.Equal(one, await CountNestedAsync(100));
        Assert.InRange(one, 5, 7);
    }

    /// <summary>Up to a thousand changes are sorted; if there are more, the query scans the list instead.</summary>
    [Theory]
    [InlineData("2025-01-01T13:45:00Z", 1_010)]
    [InlineData("2025-01-01T13:45:04Z", 1_002)]
    [InlineData("2025-01-01T13:45:05Z", 1_000)]
    [InlineData("2025-01-01T13:53:19Z", 12)]
    [InlineData("2025-01-01T13:53:21Z", 10)]
    public async Task Updated_since_lists_each_change_once_in_order_of_creation(
        string time, int count)
    {
        var numbers = new List<string?>();
        string? cursor = null;
        do
        {
            var next = cursor is null ? "" : $"&cursor={cursor}";
            var page = await GetAsync($"/api/v1/orders?limit=100&updated_since={time}{next}");
            numbers.AddRange(page.Column("order_number"));
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);
        Assert.Equal(count, numbers.Count);
        Assert.Equal(
            numbers.Distinct().OrderByDescending(number => number!.Length)
                .ThenByDescending(number => number, StringComparer.Ordinal),
            numbers);
    }

    private static IEnumerable<string> Ids(JsonNode page) =>
        page["data"]!.AsArray().Select(row => (string)row!["id"]!);

    private Task<ApiResponse> GetAsync(string call) => sales.Org.Live.GetAsync(Fill(call));

    private string Fill(string call) =>
        call.Replace("RARE_EVENT_ID", sales.RareEventId, StringComparison.Ordinal)
            .Replace("EVENT_ID", sales.EventId, StringComparison.Ordinal).TrimEnd('&');

    /// <summary>Counts with a new key, whose lookup takes one extra statement.</summary>
    private async Task<int> CountAsync(string call)
    {
        var key = await sales.Org.CreateKeyAsync(livemode: true);
        var (response, statements) = await StatementCounter.CountAsync(
            trace => key.SendAsync(HttpMethod.Get, Fill(call), body: null, trace));
        response.AssertStatus(200);
        return statements;
    }

    private async Task<int> CountNestedAsync(int first)
    {
        var key = await sales.Org.CreateKeyAsync(livemode: true);
        var (response, statements) = await StatementCounter.CountAsync(trace =>
            key.SendAsync(
                HttpMethod.Post, "/graphql", new { query = Nested, variables = new { first } }, trace));
        var data = response.AssertStatus(200).Json!["data"]!;
        Assert.Equal(first, data["orders"]!["nodes"]!.AsArray().Count);
        return statements;
    }
}
