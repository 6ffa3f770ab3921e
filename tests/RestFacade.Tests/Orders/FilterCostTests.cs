using Xunit.Abstractions;

namespace Equaticket.RestFacade.Tests.Orders;

/// <summary>
/// The rows that each filter reads, page by page, of a million rows of which ten match. Uses the statements that the
/// product sends.
/// </summary>
[Trait("Category", "Long")]
public sealed class FilterCostTests(MillionSales sales, ITestOutputHelper output)
    : IClassFixture<MillionSales>
{
    private const int Limit = 5;
    private const int MostRows = 20 * Limit;

    /// <summary>The path below <c>/api/v1</c>, the filter, and the number of matching rows.</summary>
    public static TheoryData<string, string, int> RareValues => new()
    {
        { "orders", "status=partially_refunded", 10 },
        { "orders", "event_id=RARE_EVENT", 10 },
        { "events/RARE_EVENT/orders", "", 10 },
        { "events/RARE_EVENT/orders", "status=partially_refunded", 10 },
        { "attendees", "checked_in=true", 10 },
        { "attendees", "status=refunded", 10 },
        { "attendees", "event_id=RARE_EVENT", 10 },
        { "events/RARE_EVENT/attendees", "", 10 },
        { "events/RARE_EVENT/attendees", "checked_in=true", 10 },
        { "attendees", "ticket_type_id=RARE_TYPE", 10 },
    };

    /// <summary>Filters for which no statistics could suggest that most rows match.</summary>
    public static TheoryData<string, string, int> RareValuesWhateverIsKnown => new()
    {
        { "orders", $"buyer_email={ManySales.RareEmail}", 10 },
        { "orders", "order_number=EQ-501000", 1 },
        { "orders", $"updated_since={ManySales.RareTime}", 10 },
        { "orders", "created_after=2025-01-03T00:00:00Z&created_before=2025-01-03T00:00:05Z", 10 },
        { "orders", "created_before=2025-01-01T00:00:05Z", 9 },
        { "orders", "created_after=2025-01-06T18:53:16Z", 9 },
        { "orders", $"updated_since={ManySales.RareTime}&status=partially_refunded", 10 },
        { "orders", $"updated_since={ManySales.RareTime}&event_id=RARE_EVENT", 10 },
        { "events/RARE_EVENT/orders", $"updated_since={ManySales.RareTime}", 10 },
        { "attendees", $"email={ManySales.RareEmail}", 10 },
        { "attendees", $"order_id={ManySales.RareOrder}", 11 },
        { "attendees", "ticket_code=gggf424g", 1 },
        { "attendees", $"updated_since={ManySales.RareTime}", 10 },
        { "attendees", "created_after=2025-01-03T00:00:00Z&created_before=2025-01-03T00:00:05Z", 10 },
    };

    [Theory]
    [MemberData(nameof(RareValues))]
    [MemberData(nameof(RareValuesWhateverIsKnown))]
    public Task A_filter_reads_at_most_20_rows_for_each_row_of_a_page(
        string list, string filter, int matches) =>
        ReadAllAsync(list, filter, matches, StatementCost.OfAsync);

    [Theory]
    [MemberData(nameof(RareValuesWhateverIsKnown))]
    public Task A_filter_reads_no_more_rows_with_a_generic_plan(
        string list, string filter, int matches) =>
        ReadAllAsync(list, filter, matches, StatementCost.OfGenericPlanAsync);

    private async Task ReadAllAsync(string list, string filter, int matches, Cost cost)
    {
        var path = $"/api/v1/{list}?limit={Limit}&{filter}".TrimEnd('&')
            .Replace("RARE_EVENT", sales.RareEventId, StringComparison.Ordinal)
            .Replace("RARE_TYPE", sales.RareTicketTypeId, StringComparison.Ordinal);
        var found = 0;
        string? cursor = null;
        do
        {
            sales.Sql.Take();
            var page = await sales.Org.Live.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            found += page.Column("id").Count;
            cursor = page.Text("next_cursor");
            await AssertCheapAsync(cost);
        }
        while (cursor is not null);
        Assert.Equal(matches, found);
    }

    /// <summary>Adds up all statements of a request.</summary>
    private async Task AssertCheapAsync(Cost cost)
    {
        var (read, plans) = (0L, new List<string>());
        foreach (var sent in sales.Sql.Take())
        {
            var (rows, plan) = await cost(sales.Host, sent);
            read += rows;
            plans.AddRange([sent.Text, plan]);
        }

        output.WriteLine($"{read} rows");
        Assert.True(read <= MostRows, $"{read} rows:\n{string.Join('\n', plans)}");
    }

    private delegate Task<(long Rows, string Plan)> Cost(TestHost host, SentSql sent);
}
