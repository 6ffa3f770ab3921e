using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.Consistency;

public sealed class ConsistencyCheckTests : ApiTest
{
    private string _typeId = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        _typeId = typeId;
        var declined = Buying.Cart(eventId, (typeId, 1));
        declined["paymentMethod"] = "pm_card_chargeDeclined";
        foreach (var cart in new[] { Buying.Cart(eventId, (typeId, 2)), declined })
            Assert.Null((await Host.CheckoutAsync(cart)).ErrorCode);
    }

    [Fact]
    public async Task Check_finds_nothing_after_sales() => Assert.Empty(await Org.DifferencesAsync());

    [Fact]
    public async Task Check_reports_which_row_differs_and_how()
    {
        await CorruptAsync("UPDATE ticket_types SET quantity_sold = 7");
        var difference = Assert.Single(await Org.DifferencesAsync());
        Assert.Equal(
            (Org.Slug, "test", "quantity_sold", _typeId, "2", "7"),
            (difference.Organization, difference.Mode, difference.Kind,
                difference.Id.ToString(), difference.Expected, difference.Actual));
        Assert.EndsWith(".", difference.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_does_not_look_at_other_organizations()
    {
        var other = await Host.CreateOrganizationAsync();
        await CorruptAsync("UPDATE ticket_types SET quantity_sold = 7");
        Assert.Empty(await other.DifferencesAsync());
    }

    [Theory]
    [InlineData("quantity_held", "UPDATE ticket_types SET quantity_held = 1")]
    [InlineData("sold_out_announced", "UPDATE events SET sold_out_announced = true")]
    [InlineData("order_counter", "UPDATE order_counters SET last = 1001")]
    [InlineData("order_counter", "DELETE FROM order_counters")]
    [InlineData("subtotal_amount", "UPDATE order_items SET unit_price = 1")]
    [InlineData("subtotal_amount", "UPDATE orders SET subtotal_amount = 1, total_amount = 1")]
    [InlineData("item_tickets", "DELETE FROM attendees")]
    [InlineData("order_tickets", "UPDATE order_items SET quantity = 3")]
    [InlineData("order_tickets", "DELETE FROM order_items")]
    [InlineData("amount_paid", "UPDATE attendees SET amount_paid = 1")]
    [InlineData("status", "UPDATE orders SET status = 'refunded'")]
    [InlineData("status", "UPDATE orders SET status = 'failed'")]
    [InlineData("refunded_amount", "UPDATE orders SET refunded_amount = 1")]
    [InlineData("captured_amount", "UPDATE orders SET captured_amount = 1")]
    [InlineData("captured_amount", "UPDATE orders SET difference_amount = 1")]
    [InlineData("ticket_order", "UPDATE attendees SET order_number = 1")]
    public async Task Check_finds_changes_made_directly_in_the_database(string kind, string sql)
    {
        await CorruptAsync(sql);
        Assert.Contains(await Org.DifferencesAsync(), difference => difference.Kind == kind);
    }

    private async Task CorruptAsync(string sql) => Assert.NotEqual(
        0, await Host.ExecuteSqlAsync($"{sql} WHERE organization_id = $1", Org.Organization.Id));
}
