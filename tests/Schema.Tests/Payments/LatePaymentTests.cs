using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>Payments of checkouts that have ended, and payments without an event.</summary>
public sealed class LatePaymentTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task A_payment_after_the_hold_confirms_if_the_tickets_are_available_again()
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
    public async Task A_payment_that_arrives_after_the_event_was_cancelled_is_refunded()
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
    public async Task The_payment_of_an_expired_checkout_is_cancelled()
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
    public async Task The_payment_of_a_cancelled_checkout_is_cancelled()
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
    public async Task A_payment_without_an_event_is_found_before_the_hold_ends()
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
    public async Task A_payment_that_wins_the_race_against_its_cancellation_confirms_the_order()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await ExpireAsync(order);
        Stripe.Objects.Pay(order.Intent);
        await World.RunJobsAsync();
        Assert.Equal("confirmed", await StatusAsync(order));
    }

    [Fact]
    public async Task A_payment_whose_response_was_lost_is_requested_again_and_cancelled()
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
}
