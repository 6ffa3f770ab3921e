using Equaticket.Persistence.Team;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.Tests.Payments;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Refunds;

public sealed class CancelRefundTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task Cancel_with_refunds_refunds_every_valid_paid_ticket_once()
    {
        var sale = await PutOnSaleAsync(total: 20);
        var orders = new[] { await SellAsync(sale), await SellAsync(sale), await SellAsync(sale) };
        await RefundAsync(orders[0], [(await TicketIdsAsync(orders[0]))[0]]);
        Assert.Equal((5, 0, 0, 5), await CancelAsync(sale));
        await World.RunJobsAsync();
        Assert.Equal((5, 5, 0, 0), await ProgressAsync(sale));
        Assert.Equal(
            ["dashboard succeeded 2500 1", "cancel succeeded 2500 1"], await RefundsAsync(orders[0]));
        Assert.Equal(["cancel succeeded 5000 2"], await RefundsAsync(orders[1]));
        Assert.All(orders, order => Assert.Equal(0, Stripe.Objects.Left(order.Intent)));
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Fact]
    public async Task Cancel_with_refunds_continues_where_it_stopped()
    {
        var sale = await PutOnSaleAsync(total: 20);
        var orders = new[] { await SellAsync(sale), await SellAsync(sale), await SellAsync(sale) };
        await CancelAsync(sale);
        await Host.Get<EventRefunds>().RunAsync(CancellationToken.None);
        Stripe.Fail([.. Enumerable.Repeat(StripeFault.DropAfterActing, 6)]);
        await World.RunJobsAsync();
        Assert.Equal((6, 0, 0, 6), await ProgressAsync(sale));
        await World.HurryAsync();
        await using var second = await World.StartHostAsync(Host.ConnectionString);
        await Task.WhenAll(World.RunJobsAsync(), World.RunJobsAsync(second));
        Assert.Equal((6, 6, 0, 0), await ProgressAsync(sale));
        foreach (var order in orders)
            Assert.Equal(["cancel succeeded 5000 2"], await RefundsAsync(order));
        Assert.Equal(
            3, Stripe.Objects.Refunds.Values.Count(refund => orders.Any(
                order => refund["payment_intent"].Text() == order.Intent["id"].Text())));
    }

    [Fact]
    public async Task Cancel_shows_refunds_that_were_refused_and_does_not_retry_them()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        await CancelAsync(sale);
        Stripe.Fail(StripeFault.BadRequest);
        await World.RunJobsAsync();
        await World.RunJobsAsync();
        Assert.Equal((2, 0, 2, 0), await ProgressAsync(sale));
        Assert.Equal(["cancel failed 5000 2"], await RefundsAsync(order));
        Assert.Null((await RefundAsync(order)).ErrorCode);
        Assert.Equal("refunded refunded", await TicketsAsync(order));
    }

    [Fact]
    public async Task Cancel_without_refunds_refunds_nothing_and_shows_no_progress()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        var cancelled = (await Org.Test.GraphQLAsync(
            "mutation ($id: ID!) { cancelEvent(id: $id) { refundProgress { total } } }",
            new { id = sale.EventId })).Data()["cancelEvent"]!;
        Assert.Null(cancelled["refundProgress"]);
        await World.RunJobsAsync();
        Assert.Empty(await RefundsAsync(order));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("$refund")]
    public async Task Cancel_with_refunds_refuses_live_keys_and_event_managers(string given)
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        var manager = await Org.SignInAsync(Role.EventManager);
        foreach (var caller in new IApiCaller[] { Org.Live, manager })
        {
            var refused = await CancelAsync(caller, id, given);
            Assert.Equal(("forbidden", "refundOrders"), (refused.ErrorCode, refused.Param));
        }

        var byDefault = await Org.Live.GraphQLAsync(
            $"mutation ($refund: Boolean = true) {{ cancelEvent(id: \"{id}\", "
            + "refundOrders: $refund) { id } }");
        Assert.Equal("forbidden", byDefault.ErrorCode);
        Assert.Null((await CancelAsync(await Org.SignInAsync(Role.Admin), id, given)).ErrorCode);
        Assert.Contains("event.refunds_requested", await Host.QuerySqlAsync<string>(
            "SELECT action FROM audit_log WHERE subject_id = $1", Guid.Parse(id)));
    }

    [Fact]
    public async Task Cancel_of_a_live_event_notifies_every_buyer_with_tickets()
    {
        var sale = await PutOnSaleAsync(livemode: true);
        var order = await SellAsync(sale);
        var open = await CheckOutAsync(sale);
        await Org.Live.PostAsync($"/api/v1/events/{sale.EventId}/cancel", new { refund_orders = false });
        Assert.Equal([order.OrderId], await Host.QuerySqlAsync<Guid>(
            "SELECT order_id FROM queued_emails WHERE kind = 'event_cancelled' "
            + "AND order_id IN ($1, $2)", order.OrderId, open.OrderId));
    }

    private static Task<ApiResponse> CancelAsync(IApiCaller caller, string id, string given) =>
        caller.SendAsync(HttpMethod.Post, "/graphql", new
        {
            query = $"mutation {(given == "true" ? "" : "($refund: Boolean)")} "
                + $"{{ cancelEvent(id: \"{id}\", refundOrders: {given}) {{ id }} }}",
            variables = new { refund = true },
        });

    private async Task<(int Total, int Succeeded, int Failed, int Pending)> CancelAsync(OnSale sale)
    {
        var cancelled = await Org.Test.PostAsync(
            $"/api/v1/events/{sale.EventId}/cancel", new { refund_orders = true });
        Assert.Equal(200, cancelled.Status);
        return await ProgressAsync(sale);
    }

    private async Task<(int Total, int Succeeded, int Failed, int Pending)> ProgressAsync(OnSale sale)
    {
        var progress = (await Org.Test.DataAsync(
            "query ($id: ID!) { event(id: $id) "
            + "{ refundProgress { total succeeded failed pending } } }",
            new { id = sale.EventId }))["event"]!["refundProgress"]!;
        return (Of("total"), Of("succeeded"), Of("failed"), Of("pending"));

        int Of(string member) => progress[member]!.GetValue<int>();
    }
}
