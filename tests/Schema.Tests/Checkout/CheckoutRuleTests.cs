namespace Equaticket.Schema.Tests.Checkout;

/// <summary>The rules of checkout, and the messages when a rule is broken.</summary>
public sealed class CheckoutRuleTests : ApiTest
{
    [Theory]
    [InlineData("-23 hours", null, null)]
    [InlineData("-25 hours", null, "This event is over.")]
    [InlineData("-72 hours", "1 hour", null)]
    [InlineData("-2 hours", "-1 hour", "This event is over.")]
    public async Task An_event_is_on_sale_until_it_ends_or_a_day_after_its_start(
        string start, string? end, string? refusal)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await Host.ExecuteSqlAsync(
            $"""
            UPDATE events SET starts_at = now() + '{start}'::interval,
                ends_at = now() + {(end is null ? "NULL" : $"'{end}'")}::interval
            WHERE id = $1
            """,
            Guid.Parse(eventId));
        await AssertAnswerAsync(Buying.Cart(eventId, (typeId, 1)), refusal, param: null);
    }

    [Fact]
    public async Task A_cancelled_event_is_not_on_sale()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await Org.Test.PostAsync($"/api/v1/events/{eventId}/cancel");
        await AssertAnswerAsync(
            Buying.Cart(eventId, (typeId, 1)), "This event is cancelled.", param: null);
    }

    [Theory]
    [InlineData("sales_start_at", "2098-01-01T00:00:00Z", "Sales of \"General Admission\" have not started.")]
    [InlineData("sales_start_at", "2020-01-01T00:00:00Z", null)]
    [InlineData("sales_end_at", "2020-01-01T00:00:00Z", "Sales of \"General Admission\" have ended.")]
    [InlineData("sales_end_at", "2098-01-01T00:00:00Z", null)]
    public async Task A_ticket_type_is_sold_in_its_sales_window(
        string field, string time, string? refusal)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await PatchTypeAsync(eventId, typeId, field, time);
        await AssertAnswerAsync(
            Buying.Cart(eventId, (typeId, 1)), refusal, "items[0].ticketTypeId");
    }

    [Theory]
    [InlineData(1, "An order can have 2 to 4 tickets of \"General Admission\".")]
    [InlineData(2, null)]
    [InlineData(4, null)]
    [InlineData(5, "An order can have 2 to 4 tickets of \"General Admission\".")]
    public async Task An_order_has_a_minimum_and_maximum_number_per_type(int quantity, string? refusal)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await PatchTypeAsync(eventId, typeId, "max_per_order", 4);
        await PatchTypeAsync(eventId, typeId, "min_per_order", 2);
        await AssertAnswerAsync(
            Buying.Cart(eventId, (typeId, quantity)), refusal, "items[0].quantity");
    }

    [Theory]
    [InlineData(49, 1, "The total must be between 50 and 99999999 usd, in the currency's smallest unit.")]
    [InlineData(50, 1, null)]
    [InlineData(0, 1, null)]
    [InlineData(99_999_999, 1, null)]
    [InlineData(50_000_000, 2, "The total must be between 50 and 99999999 usd, in the currency's smallest unit.")]
    public async Task A_total_must_be_an_amount_that_Stripe_can_charge(long price, int quantity, string? refusal)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync(price);
        await AssertAnswerAsync(Buying.Cart(eventId, (typeId, quantity)), refusal, "items");
    }

    [Theory]
    [InlineData("isk", 333_333, 3, null)]
    [InlineData("isk", 500_000, 2, "The total must be between 1 and 999999 isk, in the currency's smallest unit.")]
    [InlineData("ugx", 500_000, 2, "The total must be between 1 and 999999 ugx, in the currency's smallest unit.")]
    [InlineData("kwd", 33_333_330, 3, null)]
    [InlineData("kwd", 50_000_000, 2, "The total must be between 10 and 99999990 kwd, in the currency's smallest unit.")]
    [InlineData("jpy", 33_333_333, 3, null)]
    [InlineData("jpy", 50_000_000, 2, "The total must be between 50 and 99999999 jpy, in the currency's smallest unit.")]
    public async Task The_maximum_charge_is_in_the_units_that_stripe_uses(
        string currency, long price, int quantity, string? refusal)
    {
        var (body, type) = (Seed.EventBody(), Seed.TicketTypeBody(price));
        (body["currency"], type["currency"]) = (currency, currency);
        var eventId = (await Org.Test.PostAsync("/api/v1/events", body)).Id;
        var typeId = (await Org.Test.PostAsync($"/api/v1/events/{eventId}/ticket-types", type)).Id;
        Assert.Equal(200, (await Org.Test.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
        await AssertAnswerAsync(Buying.Cart(eventId, (typeId, quantity)), refusal, "items");
    }

    [Fact]
    public async Task A_price_with_a_third_decimal_is_unprocessable()
    {
        var body = Seed.EventBody();
        body["currency"] = "bhd";
        var eventId = (await Org.Test.PostAsync("/api/v1/events", body)).Id;
        var (path, type) = ($"/api/v1/events/{eventId}/ticket-types", Seed.TicketTypeBody(1005));
        type["currency"] = "bhd";
        var refused = await Org.Test.PostAsync(path, type);
        Assert.Equal((422, "price"), (refused.Status, refused.Param));
        type["price"] = 1010;
        var made = await Org.Test.PostAsync(path, type);
        Assert.Equal(201, made.Status);
        var changed = await Org.Test.PatchAsync($"{path}/{made.Id}", new { price = 7 });
        Assert.Equal((422, "price"), (changed.Status, changed.Param));
    }

    [Fact]
    public async Task An_order_has_at_most_twenty_types_and_a_hundred_tickets()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var tooMany = Enumerable.Range(0, 21).Select(i => ($"00000000-0000-7000-8000-{i:D12}", 1)).ToArray();
        await AssertAnswerAsync(Buying.Cart(eventId, tooMany), "This must have 1 to 20 items.", "items");
        await AssertAnswerAsync(Buying.Cart(eventId), "This must have 1 to 20 items.", "items");
        var other = await Org.Test.CreateTicketTypeAsync(eventId);
        await AssertAnswerAsync(
            Buying.Cart(eventId, (typeId, 50), (other, 51)), "An order can have at most 100 tickets.", "items");
        await AssertAnswerAsync(
            Buying.Cart(eventId, (typeId, 1), (typeId, 1)),
            "List each ticket type only once.", "items[1].ticketTypeId");
    }

    [Fact]
    public async Task A_ticket_type_of_another_event_is_not_found()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var (_, other) = await Org.Test.PutOnSaleAsync();
        var refused = await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1), (other, 1)));
        Assert.Equal(("not_found", "items[1].ticketTypeId"), (refused.ErrorCode, refused.Param));
    }

    [Theory]
    [InlineData("buyerEmail", "nobody")]
    [InlineData("buyerEmail", "a@b@c")]
    [InlineData("buyerName", " ")]
    [InlineData("paymentMethod", "pm_card_of_mine")]
    public async Task Invalid_input_is_reported_by_name(string field, string value)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var cart = Buying.Cart(eventId, (typeId, 1));
        cart[field] = value;
        var refused = await Host.CheckoutAsync(cart);
        Assert.Equal(("validation_error", field), (refused.ErrorCode, refused.Param));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public async Task A_quantity_is_between_one_and_a_hundred(int quantity)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var refused = await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, quantity)));
        Assert.Equal(
            ("validation_error", "items[0].quantity"), (refused.ErrorCode, refused.Param));
    }

    private async Task AssertAnswerAsync(
        Dictionary<string, object?> cart, string? refusal, string? param)
    {
        var answer = await Host.CheckoutAsync(cart);
        if (refusal is null)
        {
            Assert.Equal("CONFIRMED", answer.Checkout()["status"].Text());
            return;
        }

        Assert.Equal(refusal, answer.Json!["errors"]![0]!["message"].Text());
        Assert.Equal(param, answer.Param);
    }

    private async Task PatchTypeAsync(string eventId, string typeId, string field, object value)
    {
        var patched = await Org.Test.PatchAsync(
            $"/api/v1/events/{eventId}/ticket-types/{typeId}",
            new Dictionary<string, object> { [field] = value });
        Assert.True(patched.Status == 200, patched.Body);
    }
}
