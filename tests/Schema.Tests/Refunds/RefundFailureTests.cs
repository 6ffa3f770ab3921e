using Equaticket.Schema.Tests.Payments;
using Equaticket.Testing.Stripe;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Tests.Refunds;

/// <summary>Refunds that Stripe refuses or delays, refunds whose response is lost, and duplicate requests.</summary>
public sealed class RefundFailureTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task Refund_that_stripe_refuses_is_unprocessable_and_leaves_the_ticket_valid()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        Stripe.Fail(StripeFault.BadRequest);
        Assert.Equal("unprocessable", (await RefundAsync(order)).ErrorCode);
        Assert.Equal(["dashboard failed 5000 2"], await RefundsAsync(order));
        Assert.Equal("valid valid", await TicketsAsync(order));
        Assert.Equal("2 0", await StockAsync(sale));
        Assert.Null((await RefundAsync(order)).ErrorCode);
        Assert.Equal("refunded refunded", await TicketsAsync(order));
    }

    [Fact]
    public async Task Refund_continues_in_the_background_while_stripe_is_unavailable()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        Stripe.Fail(StripeFault.ServerError);
        var pending = (await RefundAsync(order)).Data()["refundOrder"]!;
        Assert.Equal("PENDING", pending["refunds"]![0]!["status"].Text());
        Assert.Equal("conflict", (await RefundAsync(order)).ErrorCode);
        await World.HurryAsync();
        await World.RunJobsAsync();
        Assert.Equal(["dashboard succeeded 5000 2"], await RefundsAsync(order));
        Assert.Equal("refunded refunded", await TicketsAsync(order));
    }

    [Fact]
    public async Task Refund_whose_response_was_lost_is_made_once()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        Stripe.Fail(StripeFault.DropAfterActing, StripeFault.DropAfterActing);
        Assert.Null((await RefundAsync(order, [(await TicketIdsAsync(order))[0]])).ErrorCode);
        Assert.Equal(["dashboard pending 2500 1"], await RefundsAsync(order));
        await World.HurryAsync();
        await World.RunJobsAsync();
        Assert.Equal(["dashboard succeeded 2500 1"], await RefundsAsync(order));
        Assert.Equal(2500, Stripe.Objects.Left(order.Intent));
    }

    [Fact]
    public async Task Refund_that_takes_days_is_pending_until_stripe_confirms_it()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        Stripe.Objects.NewRefundStatus = "pending";
        await RefundAsync(order);
        Assert.Equal(["dashboard pending 5000 2"], await RefundsAsync(order));
        var refund = Stripe.Objects.Refunds.Values.Last();
        await World.DeliverAsync(Stripe.Objects.EndRefund(refund, "failed"));
        Assert.Equal(["dashboard failed 5000 2"], await RefundsAsync(order));
        Assert.Equal("valid valid", await TicketsAsync(order));
    }

    [Fact]
    public async Task Refund_that_stripe_reports_with_another_amount_is_logged_and_asked_for_less_and_less_often()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        Stripe.Objects.NewRefundStatus = "pending";
        await RefundAsync(order);
        Stripe.Objects.Refunds.Values.Last()["amount"] = 1;
        await Host.ExecuteSqlAsync("UPDATE refunds SET attempts = 5 WHERE order_id = $1", order.OrderId);
        await World.HurryAsync();
        await World.RunJobsAsync();
        Assert.Contains(World.Log.Lines, line => line.Level == LogLevel.Error
            && line.Text.EndsWith("Stripe's refund does not match the request. ", StringComparison.Ordinal));
        Assert.Equal(["dashboard pending 5000 2"], await RefundsAsync(order));
        Assert.Single(await Host.QuerySqlAsync<Guid>(
            "SELECT id FROM refunds WHERE order_id = $1 AND next_attempt_at > now() + interval '50 minutes'",
            order.OrderId));
    }

    [Fact]
    public async Task Refund_with_the_key_of_an_earlier_one_replays_its_response()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        var key = Keys.New();
        var first = await RefundAsync(order, key: key);
        var second = await RefundAsync(order, key: key);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Single(await RefundsAsync(order));
    }

    [Fact]
    public async Task Two_hosts_that_refund_an_order_concurrently_refund_it_once()
    {
        var sale = await PutOnSaleAsync();
        await using var second = await World.StartHostAsync(Host.ConnectionString);
        var order = await SellAsync(sale);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            RefundAsync(order, caller: number % 2 == 0 ? Admin : Admin.On(second))));
        Assert.Single(answers, answer => answer.ErrorCode is null);
        Assert.All(
            answers.Where(answer => answer.ErrorCode is not null),
            answer => Assert.Equal("conflict", answer.ErrorCode));
        Assert.Equal(["dashboard succeeded 5000 2"], await RefundsAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
    }
}
