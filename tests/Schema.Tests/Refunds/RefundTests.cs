using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Schema.Tests.Payments;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Refunds;

public sealed class RefundTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task Refund_of_one_ticket_returns_the_amount_paid_for_it()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        var ticket = (await TicketIdsAsync(order))[0];
        var refunded = (await RefundAsync(order, [ticket])).Data()["refundOrder"]!;
        Assert.Equal("PARTIALLY_REFUNDED", refunded["status"].Text());
        Assert.Equal(2500, refunded["refundedAmount"]!.GetValue<long>());
        var refund = Assert.Single(refunded["refunds"]!.AsArray());
        Assert.Equal("SUCCEEDED", refund!["status"].Text());
        Assert.Equal("DASHBOARD", refund["origin"].Text());
        Assert.Equal("Ill", refund["reason"].Text());
        Assert.Equal($"{ticket}", refund["attendeeIds"]![0].Text());
        Assert.Equal("refunded valid", await TicketsAsync(order));
        Assert.Equal("1 0", await StockAsync(sale));
        Assert.Equal(["order.created", "order.refunded"], await WebhookEventsAsync(order));
        Assert.Equal(2500, Stripe.Objects.Left(order.Intent));
        var asked = Stripe.Requests.Last(request => request.Path == "/v1/refunds");
        Assert.Equal(StripeHost.AccountOf(Org, livemode: false), asked.Account);
        Assert.StartsWith("refund-", asked.IdempotencyKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refund_of_an_order_refunds_all_remaining_tickets()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale, quantity: 3);
        await RefundAsync(order, [(await TicketIdsAsync(order))[0]]);
        var refunded = (await RefundAsync(order)).Data()["refundOrder"]!;
        Assert.Equal("REFUNDED", refunded["status"].Text());
        Assert.Equal("0 0", await StockAsync(sale));
        Assert.Equal("conflict", (await RefundAsync(order)).ErrorCode);
    }

    [Fact]
    public async Task Refund_names_tickets_of_the_order_once_each_and_only_valid_ones()
    {
        var sale = await PutOnSaleAsync();
        var (order, other) = (await SellAsync(sale), await SellAsync(sale));
        var (ticket, foreign) = ((await TicketIdsAsync(order))[0], (await TicketIdsAsync(other))[0]);
        var strange = await RefundAsync(order, [foreign]);
        Assert.Equal(("not_found", "attendeeIds[0]"), (strange.ErrorCode, strange.Param));
        Assert.Equal("validation_error", (await RefundAsync(order, [])).ErrorCode);
        Assert.Equal("validation_error", (await RefundAsync(order, [ticket, ticket])).ErrorCode);
        Assert.Null((await RefundAsync(order, [ticket])).ErrorCode);
        var again = await RefundAsync(order, [ticket]);
        Assert.Equal(("conflict", "attendeeIds[0]"), (again.ErrorCode, again.Param));
        Assert.Single(await RefundsAsync(order));
    }

    [Fact]
    public async Task Refund_after_the_start_is_unprocessable_unless_the_event_is_cancelled()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        await Host.ExecuteSqlAsync(
            "UPDATE events SET starts_at = now() - interval '1 minute' WHERE id = $1",
            Guid.Parse(sale.EventId));
        Assert.Equal("unprocessable", (await RefundAsync(order)).ErrorCode);
        Assert.Empty(await RefundsAsync(order));
        await Org.Test.PostAsync($"/api/v1/events/{sale.EventId}/cancel");
        Assert.Null((await RefundAsync(order)).ErrorCode);
        Assert.Equal("refunded refunded", await TicketsAsync(order));
    }

    [Fact]
    public async Task Refund_requires_an_admin_or_owner()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        var manager = await Org.SignInAsync(Role.EventManager, livemode: false);
        Assert.Equal("forbidden", (await RefundAsync(order, caller: manager)).ErrorCode);
        Assert.Equal("forbidden", (await RefundAsync(order, caller: Org.Test)).ErrorCode);
        Assert.Equal("forbidden", (await RefundAsync(order, caller: Org.Live)).ErrorCode);
        var owner = await Org.SignInAsync(Role.Owner, livemode: false);
        Assert.Null((await RefundAsync(order, caller: owner)).ErrorCode);
        Assert.Equal(["order.refunded"], await Host.QuerySqlAsync<string>(
            "SELECT action FROM audit_log WHERE subject_id = $1", order.OrderId));
    }

    [Fact]
    public async Task Refund_of_a_free_ticket_is_recorded_with_an_amount_of_zero()
    {
        var sale = await PutOnSaleAsync(price: 0);
        var bought = (await Host.CheckoutAsync(
            Buying.Cart(sale.EventId, (sale.TypeId, 1)))).Checkout();
        Assert.Equal("CONFIRMED", bought["status"].Text());
        var id = Assert.Single(await Host.QuerySqlAsync<Guid>(
            "SELECT id FROM orders WHERE event_id = $1", Guid.Parse(sale.EventId)));
        var order = new StripeSale(id, "", new JsonObject());
        Assert.Equal(
            "REFUNDED", (await RefundAsync(order)).Data()["refundOrder"]!["status"].Text());
        Assert.Equal(["dashboard succeeded 0 1"], await RefundsAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Fact]
    public async Task Live_refunds_and_confirmations_send_email_and_test_ones_do_not()
    {
        var live = await SellAsync(await PutOnSaleAsync(livemode: true));
        var admin = await Org.SignInAsync(Role.Admin, livemode: true);
        Assert.Null((await RefundAsync(live, caller: admin)).ErrorCode);
        Assert.Equal(["order_confirmed", "order_refunded"], await MailsAsync(live));
        var test = await SellAsync(await PutOnSaleAsync());
        await RefundAsync(test);
        Assert.Empty(await MailsAsync(test));
    }

    private Task<IReadOnlyList<string>> MailsAsync(StripeSale sale) => Host.QuerySqlAsync<string>(
        "SELECT kind FROM queued_emails WHERE order_id = $1 ORDER BY created_at, id", sale.OrderId);
}
