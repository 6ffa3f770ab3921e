namespace Equaticket.RestFacade.Tests.Orders;

/// <summary>
/// What each filter reads of a million rows of which ten match, page by page: by the statements that
/// the product sends, planned with their values and without.
/// </summary>
[Trait("Category", "Long")]
public sealed class FilterCostTests(MillionSales sales) : IClassFixture<MillionSales>
{
    private const int Limit = 5;
    private const int MostRows = 20 * Limit;

    [Theory]
    [InlineData("orders", "status=partially_refunded")]
    [InlineData("orders", $"buyer_email={ManySales.RareEmail}")]
    [InlineData("orders", "event_id=RARE_EVENT")]
    [InlineData("events/RARE_EVENT/orders", "")]
    [InlineData("orders", "order_number=EQ-501000", 1)]
    [InlineData("orders", $"updated_since={ManySales.RareTime}")]
    [InlineData("orders", "created_after=2025-01-03T00:00:00Z&created_before=2025-01-03T00:00:05Z")]
    [InlineData("orders", "created_before=2025-01-01T00:00:05Z", 9)]
    [InlineData("orders", "created_after=2025-01-06T18:53:16Z", 9)]
    [InlineData("orders", $"updated_since={ManySales.RareTime}&status=partially_refunded")]
    [InlineData("orders", $"updated_since={ManySales.RareTime}&event_id=RARE_EVENT")]
    [InlineData("events/RARE_EVENT/orders", $"updated_since={ManySales.RareTime}")]
    [InlineData("events/RARE_EVENT/orders", "status=partially_refunded")]
    [InlineData("attendees", "checked_in=true")]
    [InlineData("attendees", "status=refunded")]
    [InlineData("attendees", $"email={ManySales.RareEmail}")]
    [InlineData("attendees", "event_id=RARE_EVENT")]
    [InlineData("events/RARE_EVENT/attendees", "")]
    [InlineData("events/RARE_EVENT/attendees", "checked_in=true")]
    [InlineData("attendees", $"order_id={ManySales.RareOrder}", 11)]
    [InlineData("attendees", "ticket_type_id=RARE_TYPE")]
    [InlineData("attendees", "ticket_code=gggf424g", 1)]
    [InlineData("attendees", $"updated_since={ManySales.RareTime}")]
    [InlineData("attendees", "created_after=2025-01-03T00:00:00Z&created_before=2025-01-03T00:00:05Z")]
    public async Task A_filter_reads_no_more_than_20_rows_for_each_that_a_page_may_have(
        string list, string filter, int matches = 10)
    {
        var path = $"/api/v1/{list}?limit={Limit}&{filter}".TrimEnd('&')
            .Replace("RARE_EVENT", sales.RareEventId, StringComparison.Ordinal)
            .Replace("RARE_TYPE", sales.RareTicketTypeId, StringComparison.Ordinal);
        var found = 0;
        string? cursor = null;
        do
        {
            var page = await GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            found += page.Column("id").Count;
            cursor = page.Text("next_cursor");
            await AssertCheapAsync();
        }
        while (cursor is not null);
        Assert.Equal(matches, found);
    }

    private async Task<ApiResponse> GetAsync(string path)
    {
        sales.Sql.Take();
        return (await sales.Org.Live.GetAsync(path)).AssertStatus(200);
    }

    /// <summary>All statements of a request together.</summary>
    private async Task AssertCheapAsync()
    {
        var (read, readByGenericPlans, plans) = (0L, 0L, new List<string>());
        foreach (var sent in sales.Sql.Take())
        {
            var (rows, plan) = await StatementCost.OfAsync(sales.Host, sent);
            var (genericRows, genericPlan) = await StatementCost.OfGenericPlanAsync(sales.Host, sent);
            (read, readByGenericPlans) = (read + rows, readByGenericPlans + genericRows);
            plans.AddRange([sent.Text, plan, genericPlan]);
        }

        Assert.True(
            read <= MostRows && readByGenericPlans <= MostRows,
            $"{read} and {readByGenericPlans} rows:\n{string.Join('\n', plans)}");
    }
}
