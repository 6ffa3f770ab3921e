using Equaticket.Schema.Tests.Checkout;
using Equaticket.Schema.Tests.Consistency;

namespace Equaticket.Schema.Tests.Orders;

/// <summary>
/// Clients that poll for changed events see when an event sells out, and when it no longer is sold out.
/// </summary>
public sealed class SoldOutTests : ApiTest
{
    private const int Total = 2;

    private string _eventId = "";
    private string _typeId = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_eventId, _typeId) = await Org.Test.PutOnSaleAsync(price: 0, total: Total);
    }

    /// <summary>Asserts that the event's data is consistent.</summary>
    public override async Task DisposeAsync() => Assert.Empty(await Org.DifferencesAsync());

    [Fact]
    public async Task A_sale_does_not_update_its_event_until_the_last_ticket()
    {
        var before = await ReadAsync();
        await BuyAsync(_typeId);
        Assert.Equal(before, await ReadAsync());
        await BuyAsync(_typeId);
        await AssertTurnedAsync(before, isSoldOut: true);
    }

    [Fact]
    public async Task A_refund_of_a_sold_out_event_updates_it_and_the_next_refund_does_not()
    {
        var orders = new[] { await BuyAsync(_typeId), await BuyAsync(_typeId) };
        var soldOut = await ReadAsync();
        await RefundAsync(orders[0]);
        await AssertTurnedAsync(soldOut, isSoldOut: false);
        var open = await ReadAsync();
        await RefundAsync(orders[1]);
        Assert.Equal(open, await ReadAsync());
    }

    [Fact]
    public async Task Adding_tickets_to_a_sold_out_event_updates_it()
    {
        await SellOutAsync();
        var soldOut = await ReadAsync();
        await EditAsync(new { quantity_total = Total + 1 });
        await AssertTurnedAsync(soldOut, isSoldOut: false);
    }

    [Fact]
    public async Task An_unlimited_ticket_type_opens_a_sold_out_event_and_a_limit_closes_it()
    {
        await SellOutAsync();
        var soldOut = await ReadAsync();
        await EditAsync(new { quantity_total = (int?)null });
        await AssertTurnedAsync(soldOut, isSoldOut: false);
        var open = await ReadAsync();
        await EditAsync(new { quantity_total = Total });
        await AssertTurnedAsync(open, isSoldOut: true);
    }

    [Fact]
    public async Task A_new_ticket_type_opens_a_sold_out_event_and_its_removal_closes_it()
    {
        await SellOutAsync();
        var soldOut = await ReadAsync();
        var second = await Org.Test.CreateTicketTypeAsync(_eventId, price: 0, total: 1);
        await AssertTurnedAsync(soldOut, isSoldOut: false);
        var open = await ReadAsync();
        var path = $"/api/v1/events/{_eventId}/ticket-types/{second}";
        Assert.Equal(204, (await Org.Test.DeleteAsync(path)).Status);
        await AssertTurnedAsync(open, isSoldOut: true);
    }

    [Fact]
    public async Task A_refund_opens_an_event_that_an_edit_has_sold_out()
    {
        var order = await BuyAsync(_typeId);
        await EditAsync(new { quantity_total = 1 });
        var soldOut = await ReadAsync();
        await RefundAsync(order);
        await AssertTurnedAsync(soldOut, isSoldOut: false);
    }

    [Fact]
    public async Task An_edit_without_a_stock_change_does_not_update_the_event()
    {
        var before = await ReadAsync();
        await EditAsync(new { name = "Renamed" });
        await EditAsync(new { quantity_total = 50 });
        Assert.Equal(before, await ReadAsync());
    }

    private async Task SellOutAsync()
    {
        for (var sold = 0; sold < Total; sold++)
            await BuyAsync(_typeId);
    }

    /// <returns>The order number.</returns>
    private async Task<string> BuyAsync(string typeId) =>
        (await Host.CheckoutAsync(Buying.Cart(_eventId, (typeId, 1)))).Checkout()["orderNumber"].Text();

    private async Task RefundAsync(string orderNumber)
    {
        var orders = await Org.Test.GetAsync($"/api/v1/orders?order_number={orderNumber}");
        var id = orders.Json!["data"]![0]!["id"].Text();
        var refund = await Org.Test.PostAsync($"/api/v1/test-helpers/orders/{id}/refund", new { });
        Assert.True(refund.Status == 200, refund.Body);
    }

    private async Task EditAsync(object changes)
    {
        var path = $"/api/v1/events/{_eventId}/ticket-types/{_typeId}";
        var edited = await Org.Test.PatchAsync(path, changes);
        Assert.True(edited.Status == 200, edited.Body);
    }

    private async Task<EventState> ReadAsync()
    {
        var answer = await Org.Test.GetAsync($"/api/v1/events/{_eventId}");
        return new EventState(
            answer.Json!["sold_out"]!.GetValue<bool>(),
            answer.Json["updated_at"].Text(),
            answer.Header("ETag")!.Split('-')[0]);
    }

    private async Task AssertTurnedAsync(EventState before, bool isSoldOut)
    {
        var now = await ReadAsync();
        Assert.Equal((isSoldOut, before.Version), (now.IsSoldOut, now.Version));
        Assert.True(string.CompareOrdinal(now.UpdatedAt, before.UpdatedAt) > 0, $"{before} {now}");
        var changed = await Org.Test.GetAsync($"/api/v1/events?updated_since={now.UpdatedAt}");
        Assert.Equal([_eventId], changed.Json!["data"].Texts("id"));
    }

    private sealed record EventState(bool IsSoldOut, string UpdatedAt, string Version);
}
