using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

public sealed class PaymentTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task Checkout_asks_for_a_direct_charge_and_confirms_when_stripe_tells_of_it()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        var asked = Stripe.Requests.Last(request => request.Path == "/v1/payment_intents");
        Assert.Equal(StripeHost.AccountOf(Org, livemode: false), asked.Account);
        Assert.Equal($"order-{order.OrderId}", asked.IdempotencyKey);
        Assert.Equal("5000", asked.Field("amount"));
        Assert.Equal("0 2", await StockAsync(sale));

        var paid = Stripe.Objects.Pay(order.Intent);
        Assert.Equal((200, true), await World.DeliverAsync(paid));
        Assert.Equal("confirmed", await StatusAsync(order));
        Assert.Equal("valid valid", await TicketsAsync(order));
        Assert.Equal("2 0", await StockAsync(sale));
        Assert.Equal(["order.created"], await WebhookEventsAsync(order));

        Assert.Equal((200, true), await World.DeliverAsync(paid));
        Assert.Equal("valid valid", await TicketsAsync(order));
    }

    [Fact]
    public async Task A_declined_card_leaves_the_checkout_open_for_another()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        Assert.Equal((200, true), await World.DeliverAsync(Stripe.Objects.Decline(order.Intent)));
        Assert.Equal("pending", await StatusAsync(order));
        await World.DeliverAsync(Stripe.Objects.Pay(order.Intent));
        Assert.Equal("confirmed", await StatusAsync(order));
    }

    [Fact]
    public async Task Checkout_that_stripe_refuses_is_unprocessable_and_gives_the_stock_back()
    {
        var sale = await PutOnSaleAsync();
        Stripe.Fail(StripeFault.Declined);
        var refused = await Host.CheckoutAsync(Buying.Cart(sale.EventId, (sale.TypeId, 2)));
        Assert.Equal("unprocessable", refused.ErrorCode);
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("500")]
    [InlineData("429")]
    public async Task Checkout_goes_on_with_the_same_order_after_an_answer_was_lost(string how)
    {
        var sale = await PutOnSaleAsync();
        var (cart, key) = (Buying.Cart(sale.EventId, (sale.TypeId, 2)), Keys.New());
        var fault = how switch
        {
            "drop" => StripeFault.DropAfterActing,
            "500" => StripeFault.ServerError,
            _ => StripeFault.RateLimited,
        };
        // The client tries a dropped connection once more by itself.
        Stripe.Fail([.. Enumerable.Repeat(fault, how == "drop" ? 2 : 1)]);
        Assert.Equal("unavailable", (await Host.CheckoutAsync(cart, key)).ErrorCode);
        var retried = (await Host.CheckoutAsync(cart, key)).Checkout();
        Assert.Equal("PENDING", retried["status"].Text());
        Assert.NotNull(retried["clientSecret"]);
        Assert.Equal("0 2", await StockAsync(sale));
        Assert.Single(await Host.QuerySqlAsync<Guid>(
            "SELECT id FROM orders WHERE event_id = $1", Guid.Parse(sale.EventId)));
    }

    [Fact]
    public async Task Checkout_with_the_key_of_one_that_waits_for_stripe_is_a_conflict()
    {
        var sale = await PutOnSaleAsync();
        var (cart, key) = (Buying.Cart(sale.EventId, (sale.TypeId, 1)), Keys.New());
        var slow = StripeFault.Slow();
        Stripe.Fail(slow);
        var first = Host.CheckoutAsync(cart, key);
        await Poll.UntilAsync(
            async () => (await Host.QuerySqlAsync<bool>(
                "SELECT true FROM idempotency_records WHERE lease_expires_at > now() "
                + "AND organization_id = $1", Org.Organization.Id)).Count > 0,
            TimeSpan.FromSeconds(10));
        var twin = await Host.CheckoutAsync(cart, key);
        Assert.Equal("conflict", twin.ErrorCode);
        Assert.Equal("1", twin.Header("Retry-After"));
        slow.Gate!.SetResult();
        var answered = (await first).Checkout();
        Assert.Equal((await Host.CheckoutAsync(cart, key)).Checkout().ToJsonString(),
            answered.ToJsonString());
    }

    [Fact]
    public async Task A_payment_after_the_hold_confirms_when_the_tickets_can_be_had_again()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await ExpireAsync(order);
        Assert.Equal("expired", await StatusAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
        await World.DeliverAsync(Stripe.Objects.Pay(order.Intent));
        Assert.Equal("confirmed", await StatusAsync(order));
        Assert.Equal("2 0", await StockAsync(sale));
    }

    [Fact]
    public async Task A_payment_after_the_hold_is_refunded_when_the_tickets_are_gone()
    {
        var sale = await PutOnSaleAsync(total: 2);
        var order = await CheckOutAsync(sale);
        await ExpireAsync(order);
        await SellAsync(sale);
        await World.DeliverAsync(Stripe.Objects.Pay(order.Intent));
        Assert.Equal("expired", await StatusAsync(order));
        Assert.Equal(["late pending 5000 0"], await RefundsAsync(order));
        await World.RunJobsAsync();
        Assert.Equal(["late succeeded 5000 0"], await RefundsAsync(order));
        Assert.Equal("expired", await StatusAsync(order));
        Assert.Equal(0, Stripe.Objects.Left(order.Intent));
        Assert.Empty(await WebhookEventsAsync(order));
        Assert.Equal("2 0", await StockAsync(sale));
    }

    [Fact]
    public async Task A_payment_for_an_event_that_was_cancelled_meanwhile_is_refunded()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await Org.Test.PostAsync($"/api/v1/events/{sale.EventId}/cancel");
        await World.DeliverAsync(Stripe.Objects.Pay(order.Intent));
        Assert.Equal("expired", await StatusAsync(order));
        Assert.Equal(["late pending 5000 0"], await RefundsAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Fact]
    public async Task An_expired_checkout_has_its_payment_called_off()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await ExpireAsync(order);
        Stripe.Fail(StripeFault.ServerError);
        await World.RunJobsAsync();
        Assert.Equal("requires_payment_method", StripeObjects.Status(order.Intent));
        await World.HurryAsync();
        await World.RunJobsAsync();
        Assert.Equal("canceled", StripeObjects.Status(order.Intent));
        Assert.Equal("cancelled", await PaymentStatusAsync(order));
    }

    [Fact]
    public async Task A_checkout_that_is_given_up_has_its_payment_called_off()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        Assert.Null((await Host.CancelCheckoutAsync(order.Token)).ErrorCode);
        await World.RunJobsAsync();
        Assert.Equal("canceled", StripeObjects.Status(order.Intent));
        Assert.Equal("failed", await StatusAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Fact]
    public async Task A_payment_of_which_nobody_told_is_found_before_the_hold_ends()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        Stripe.Objects.Pay(order.Intent);
        await World.RunJobsAsync();
        Assert.Equal("pending", await StatusAsync(order));
        await World.HurryAsync();
        await World.RunJobsAsync();
        Assert.Equal("confirmed", await StatusAsync(order));
    }

    [Fact]
    public async Task A_payment_that_wins_the_race_against_its_calling_off_confirms()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await ExpireAsync(order);
        Stripe.Objects.Pay(order.Intent);
        await World.RunJobsAsync();
        Assert.Equal("confirmed", await StatusAsync(order));
    }

    [Fact]
    public async Task A_payment_whose_answer_was_lost_is_asked_for_again_and_called_off()
    {
        var sale = await PutOnSaleAsync();
        Stripe.Fail(StripeFault.DropAfterActing, StripeFault.DropAfterActing);
        var lost = await Host.CheckoutAsync(Buying.Cart(sale.EventId, (sale.TypeId, 2)));
        Assert.Equal("unavailable", lost.ErrorCode);
        var orderId = Assert.Single(await Host.QuerySqlAsync<Guid>(
            "SELECT id FROM orders WHERE event_id = $1", Guid.Parse(sale.EventId)));
        var intent = Stripe.Objects.IntentOf($"{orderId}");
        await ExpireAsync(new StripeSale(orderId, "", intent));
        await World.RunJobsAsync();
        Assert.Equal("canceled", StripeObjects.Status(intent));
        Assert.Single(
            Stripe.Objects.Intents.Values, i => i["metadata"]!["order_id"].Text() == $"{orderId}");
    }

    [Fact]
    public async Task Two_hosts_that_hear_of_a_payment_at_once_confirm_it_once()
    {
        var sale = await PutOnSaleAsync();
        await using var second = await World.StartHostAsync(Host.ConnectionString);
        for (var round = 0; round < 3; round++)
        {
            var order = await CheckOutAsync(sale);
            var paid = Stripe.Objects.Pay(order.Intent);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
                World.DeliverAsync(paid, host: number % 2 == 0 ? Host : second)));
            Assert.All(answers, answer => Assert.Equal(200, answer.Status));
            Assert.Equal("valid valid", await TicketsAsync(order));
        }

        Assert.Equal("6 0", await StockAsync(sale));
    }
}
