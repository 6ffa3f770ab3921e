using Equaticket.Schema.Tests.CheckIns;

namespace Equaticket.Schema.Tests.Viewer;

public sealed class UsageTests : ApiTest
{
    private const string Query = "{ viewer { usage { monthStartsAt ticketsConfirmed } } }";

    [Fact]
    public async Task Usage_counts_live_tickets_of_this_month_and_no_test_tickets()
    {
        await Org.Live.SellAsync(Host, count: 3);
        await Org.Test.SellAsync(Host, count: 2, price: 2500);
        var earlier = await Org.Live.SellAsync(Host, count: 1);
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET created_at = created_at - interval '40 days' WHERE ticket_code = $1",
            earlier.Codes[0]);
        Assert.Equal(3, await UsageAsync(Org.Live));
        Assert.Equal(0, await UsageAsync(Org.Test));
    }

    [Fact]
    public async Task Usage_counts_a_ticket_that_was_refunded()
    {
        var sold = await Org.Live.SellAsync(Host);
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET status = 'refunded' WHERE ticket_code = $1", sold.Codes[0]);
        Assert.Equal(1, await UsageAsync(Org.Live));
    }

    private static async Task<int> UsageAsync(ApiClient caller) =>
        (await caller.DataAsync(Query))["viewer"]!["usage"]!["ticketsConfirmed"]!.GetValue<int>();
}
