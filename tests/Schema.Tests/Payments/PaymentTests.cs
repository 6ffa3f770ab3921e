using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

public sealed class PaymentTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task Checkout_creates_a_direct_charge_and_is_confirmed_by_stripes_event()
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
    public async Task Checkout_that_stripe_refuses_is_unprocessable_and_releases_the_stock()
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
    public async Task Checkout_continues_with_the_same_order_after_a_lost_response(string how)
    {
        var sale = await PutOnSaleAsync();
        var (cart, key) = (Buying.Cart(sale.EventId, (sale.TypeId, 2)), Keys.New());
        var fault = how switch
        {
            "drop" => StripeFault.DropAfterActing,
            "500" => StripeFault.ServerError,
            _ => StripeFault.RateLimited,
        };
        // The client retries once after a dropped connection.
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
    public async Task Other_queries_do_not_wait_for_stripe()
    {
        await using var host = await World.StartHostAsync(
            Host.ConnectionString, builder => builder.Configuration["Database:MaxReads"] = "1");
        var order = await CheckOutAsync(await PutOnSaleAsync());
        var slow = StripeFault.Slow();
        Stripe.Fail(slow);
        var asking = host.CheckoutStatusAsync(order.Token);
        await Poll.UntilAsync(() => Task.FromResult(Stripe.Requests.Last().Method == "GET"));
        Assert.Equal(200, (await Org.Test.On(host).GetAsync("/api/v1/events")).Status);
        slow.Gate!.SetResult();
        Assert.NotNull((await asking).Data()["checkoutStatus"]!["clientSecret"]);
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
                + "AND organization_id = $1", Org.Organization.Id)).Count > 0);
        var twin = await Host.CheckoutAsync(cart, key);
        Assert.Equal("conflict", twin.ErrorCode);
        Assert.Equal("1", twin.Header("Retry-After"));
        slow.Gate!.SetResult();
        var answered = (await first).Checkout();
        Assert.Equal((await Host.CheckoutAsync(cart, key)).Checkout().ToJsonString(),
            answered.ToJsonString());
    }

    [Fact]
    public async Task Two_hosts_that_receive_a_payment_event_concurrently_confirm_it_once()
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
