namespace Equaticket.RestFacade.Tests.TicketTypes;

/// <summary>Changes that sales forbid. The tests create sales with SQL.</summary>
public sealed class SoldTicketTypesTests : ApiTest
{
    private string _event = "";
    private string _path = "";
    private Guid _id;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var id = await Org.Live.CreateEventAsync();
        _event = $"/api/v1/events/{id}";
        var ticketType = await Org.Live.CreateTicketTypeAsync(id, total: 10);
        await Org.Live.PostAsync($"{_event}/publish");
        (_id, _path) = (Guid.Parse(ticketType), $"{_event}/ticket-types/{ticketType}");
    }

    [Fact]
    public async Task The_total_is_never_below_sold_plus_held()
    {
        await SellAsync(sold: 4, held: 2);
        (await Org.Live.PatchAsync(_path, new { quantity_total = 5 }))
            .AssertRefused("unprocessable", "quantity_total");
        var least = await Org.Live.PatchAsync(_path, new { quantity_total = 6 });
        Assert.Equal(0, (int?)least.AssertStatus(200).Json!["quantity_available"]);
        (await Org.Live.PatchAsync(_path, new { quantity_total = (int?)null })).AssertStatus(200);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task Delete_refuses_a_ticket_type_that_is_sold_or_held(int sold, int held)
    {
        await SellAsync(sold, held);
        (await Org.Live.DeleteAsync(_path)).AssertRefused("conflict");
        await SellAsync(0, 0);
        (await Org.Live.DeleteAsync(_path)).AssertStatus(204);
        (await Org.Live.DeleteAsync(_path)).AssertRefused("not_found");
    }

    [Theory]
    [InlineData(10, 0, true, "sold_out")]
    [InlineData(9, 1, false, "on_sale")]
    [InlineData(0, 0, false, "on_sale")]
    public async Task Sold_out_counts_only_confirmed_tickets(
        int sold, int held, bool soldOut, string status)
    {
        await SellAsync(sold, held);
        var shown = (await Org.Live.GetAsync(_event)).Json!;
        Assert.Equal(soldOut, (bool?)shown["sold_out"]);
        Assert.Equal(sold, (int?)shown["tickets_sold"]);
        Assert.Equal(status, (await Org.Live.GetAsync(_path)).Text("status"));
    }

    [Fact]
    public async Task An_event_with_an_unlimited_ticket_type_has_no_capacity_and_never_sells_out()
    {
        await SellAsync(sold: 10, held: 0);
        (await Org.Live.PostAsync($"{_event}/ticket-types", Seed.TicketTypeBody(total: null)))
            .AssertStatus(201);
        var shown = (await Org.Live.GetAsync(_event)).Json!;
        Assert.Null(shown["capacity"]);
        Assert.False((bool?)shown["sold_out"]);
    }

    private Task<int> SellAsync(int sold, int held) => Host.ExecuteSqlAsync(
        "UPDATE ticket_types SET quantity_sold = $1, quantity_held = $2 WHERE id = $3",
        sold, held, _id);
}
