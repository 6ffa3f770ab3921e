namespace Equaticket.Schema.Tests.Checkout;

public sealed class CheckoutTests : ApiTest
{
    [Fact]
    public async Task Checkout_of_a_test_event_is_paid_immediately_by_the_built_in_payment()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var checkout = (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 2)))).Checkout();
        Assert.Equal("CONFIRMED", checkout["status"].Text());
        Assert.Equal("EQ-1001", checkout["orderNumber"].Text());
        Assert.Equal(5000, checkout["totalAmount"]!.GetValue<long>());
        Assert.Equal(2, checkout["tickets"]!.AsArray().Count);
        Assert.All(
            checkout["tickets"].Texts("ticketCode"), code => Assert.Matches("^[A-HJ-NP-Z2-9]{8}$", code));
        Assert.Equal((2, 98), await StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task Checkout_with_a_declined_payment_releases_the_stock()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var cart = Buying.Cart(eventId, (typeId, 2));
        cart["paymentMethod"] = "pm_card_chargeDeclined";
        var checkout = (await Host.CheckoutAsync(cart)).Checkout();
        Assert.Equal("FAILED", checkout["status"].Text());
        Assert.Empty(checkout["tickets"]!.AsArray());
        Assert.Equal((0, 100), await StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task Checkout_refuses_more_tickets_than_are_left_and_states_how_many_are()
    {
        var (eventId, typeId) = await OnSaleAsync(total: 3);
        var refused = await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 4)));
        Assert.Equal("unprocessable", refused.ErrorCode);
        Assert.Equal(
            "3 of \"General Admission\" are left.", refused.Json!["errors"]![0]!["message"].Text());
        Assert.Equal((0, 3), await StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task Checkout_of_several_types_takes_all_or_nothing()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var scarce = await Org.Test.CreateTicketTypeAsync(eventId, total: 1);
        var refused = await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1), (scarce, 2)));
        Assert.Equal("unprocessable", refused.ErrorCode);
        Assert.Equal((0, 100), await StockAsync(eventId, typeId));
        Assert.Equal((0, 1), await StockAsync(eventId, scarce));
    }

    [Fact]
    public async Task Checkout_with_the_same_key_buys_once()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var (cart, key) = (Buying.Cart(eventId, (typeId, 1)), "0e2f4f3c-8a6a-4a0c-9d5c-2f1a3b4c5d6e");
        var first = await Host.CheckoutAsync(cart, key);
        var second = await Host.CheckoutAsync(cart, key);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal((1, 99), await StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task Checkout_without_an_api_key_requires_a_uuid_as_idempotency_key()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var refused = await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)), "guessable");
        Assert.Equal("validation_error", refused.ErrorCode);
        Assert.Equal("Idempotency-Key", refused.Json!["errors"]![0]!["extensions"]!["param"].Text());
    }

    [Fact]
    public async Task Checkout_status_shows_the_tickets_to_the_holder_of_the_token()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var checkout = (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).Checkout();
        var status = await Host.CheckoutStatusAsync(checkout["checkoutToken"].Text());
        Assert.Equal("CONFIRMED", status.Data()["checkoutStatus"]!["status"].Text());
        Assert.Single(status.Data()["checkoutStatus"]!["tickets"]!.AsArray());
        Assert.Equal("not_found", (await Host.CheckoutStatusAsync("chk_unknown")).ErrorCode);
    }

    [Fact]
    public async Task Cancel_checkout_refuses_a_paid_one()
    {
        var (eventId, typeId) = await OnSaleAsync();
        var checkout = (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).Checkout();
        var refused = await Host.CancelCheckoutAsync(checkout["checkoutToken"].Text());
        Assert.Equal("conflict", refused.ErrorCode);
    }

    [Fact]
    public async Task Checkout_of_a_draft_is_unprocessable_and_of_an_unknown_event_not_found()
    {
        var draft = await Org.Test.CreateEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(draft);
        Assert.Equal(
            "unprocessable",
            (await Host.CheckoutAsync(Buying.Cart(draft, (typeId, 1)))).ErrorCode);
        Assert.Equal(
            "not_found", (await Host.CheckoutAsync(Buying.Cart("x", (typeId, 1)))).ErrorCode);
    }

    [Theory]
    [InlineData("mutation { checkout(input: { eventId: \"x\", buyerName: \"A\", buyerEmail: \"a@example.com\", items: [{ ticketTypeId: \"x\", quantity: 1 }] }) { status } }", "checkout")]
    [InlineData("mutation { cancelCheckout(token: \"x\") { status } }", "cancelCheckout")]
    [InlineData("mutation { mine: cancelCheckout(token: \"x\") { status } }", "mine")]
    public async Task Checkout_with_an_unknown_id_reports_the_field(string query, string path)
    {
        foreach (var accept in new[] { "application/json", Asking.Accept.Value })
        {
            var answer = await ApiResponse.SendAsync(
                Host.Http, HttpMethod.Post, "/graphql", key: null, new { query }, ("Accept", accept));
            Assert.Equal((200, "not_found"), (answer.Status, answer.ErrorCode));
            var body = answer.Json!.AsObject();
            Assert.True(body.ContainsKey("data"));
            Assert.Null(body["data"]);
            var error = body["errors"]![0]!;
            Assert.Equal(path, Assert.Single(error["path"]!.AsArray()).Text());
            Assert.Single(error["locations"]!.AsArray());
        }
    }

    [Fact]
    public async Task Checkout_of_a_live_paid_event_without_stripe_keys_is_unprocessable()
    {
        var eventId = await Org.Live.CreateEventAsync();
        var typeId = await Org.Live.CreateTicketTypeAsync(eventId);
        Assert.Equal(200, (await Org.Live.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
        Assert.Equal(
            "unprocessable",
            (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).ErrorCode);
    }

    private Task<(string EventId, string TypeId)> OnSaleAsync(int? total = 100) =>
        Org.Test.PutOnSaleAsync(total: total);

    private Task<(int Sold, int? Available)> StockAsync(string eventId, string typeId) =>
        Org.Test.StockAsync(eventId, typeId);
}
