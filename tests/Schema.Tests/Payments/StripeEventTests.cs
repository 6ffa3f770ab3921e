using System.Text.Json.Nodes;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>Events that Stripe sends without a request from the host.</summary>
public sealed class StripeEventTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task A_refund_of_the_whole_remainder_refunds_all_tickets()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        Stripe.Objects.Refund(order.Intent, 5000);
        await DeliverNewestAsync(2);
        Assert.Equal(["stripe succeeded 5000 2"], await RefundsAsync(order));
        Assert.Equal("refunded", await StatusAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
        Assert.Equal(["order.created", "order.refunded"], await WebhookEventsAsync(order));
    }

    [Fact]
    public async Task A_refund_with_tickets_in_its_metadata_refunds_those()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        var ticket = (await TicketIdsAsync(order))[1];
        Stripe.Objects.Refund(order.Intent, 2500, new() { ["attendee_ids"] = $"{ticket}" });
        await DeliverNewestAsync(2);
        Assert.Equal("partially_refunded", await StatusAsync(order));
        Assert.Equal([ticket], await Host.QuerySqlAsync<Guid>(
            "SELECT id FROM attendees WHERE order_id = $1 AND status = 'refunded'", order.OrderId));
    }

    [Fact]
    public async Task A_refund_of_any_other_amount_is_recorded_without_tickets()
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        Stripe.Objects.Refund(order.Intent, 700);
        await DeliverNewestAsync(2);
        Assert.Equal(["stripe succeeded 700 0"], await RefundsAsync(order));
        Assert.Equal("confirmed", await StatusAsync(order));
        Assert.Equal("valid valid", await TicketsAsync(order));
        Assert.Equal(["order.created"], await WebhookEventsAsync(order));

        // A refund by the host then returns what is left.
        Assert.Null((await RefundAsync(order)).ErrorCode);
        Assert.Equal(["stripe succeeded 700 0", "dashboard succeeded 4300 2"], await RefundsAsync(order));
        Assert.Equal(0, Stripe.Objects.Left(order.Intent));
    }

    [Fact]
    public async Task Events_may_come_in_any_order()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        var paid = Stripe.Objects.Pay(order.Intent);
        Stripe.Objects.Refund(order.Intent, 1000);
        Stripe.Objects.Refund(order.Intent, 4000);
        var told = Stripe.Objects.Events.TakeLast(4).Reverse().Append(paid).ToList();
        foreach (var said in told)
            Assert.Equal(200, (await World.DeliverAsync(said)).Status);
        Assert.Equal("refunded", await StatusAsync(order));
        Assert.Equal("refunded refunded", await TicketsAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Fact]
    public async Task A_refund_that_stripe_made_and_that_fails_later_is_recorded_as_failed()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        var refund = Stripe.Objects.Refund(order.Intent, 5000);
        await DeliverNewestAsync(2);
        await World.DeliverAsync(Stripe.Objects.EndRefund(refund, "failed"));
        Assert.Equal(["stripe failed 5000 2"], await RefundsAsync(order));
        Assert.Equal("refunded refunded", await TicketsAsync(order));
        Assert.Equal([5000L], await Host.QuerySqlAsync<long>(
            "SELECT difference_amount FROM orders WHERE id = $1", order.OrderId));
    }

    [Theory]
    [InlineData("lost", "void void", 5000)]
    [InlineData("won", "valid valid", 0)]
    public async Task A_lost_dispute_voids_the_tickets(
        string outcome, string tickets, long difference)
    {
        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        Stripe.Objects.Dispute(order.Intent, outcome);
        await DeliverNewestAsync(2);
        Assert.Equal(tickets, await TicketsAsync(order));
        Assert.Equal("2 0", await StockAsync(sale));
        Assert.Equal([difference], await Host.QuerySqlAsync<long>(
            "SELECT difference_amount FROM orders WHERE id = $1", order.OrderId));
    }

    [Fact]
    public async Task Account_updates_are_applied_unless_newer_ones_are_known()
    {
        var account = StripeHost.AccountOf(Org, livemode: false);
        Assert.Equal((200, true), await World.DeliverAsync(Account(enabled: false, age: 10)));
        Assert.Equal([false], await EnabledAsync());
        await World.DeliverAsync(Account(enabled: true, age: 20));
        Assert.Equal([false], await EnabledAsync());
        await World.DeliverAsync(Account(enabled: true, age: 0));
        Assert.Equal([true], await EnabledAsync());
        Assert.Equal(["external_account business_type eventually"], await Host.QuerySqlAsync<string>(
            "SELECT array_to_string(requirements_due, ' ') || ' ' || disabled_reason FROM stripe_accounts "
            + "WHERE account_id = $1", account));

        JsonObject Account(bool enabled, int age)
        {
            var said = Stripe.Objects.Tell("account.updated", new JsonObject
            {
                ["id"] = account,
                ["object"] = "account",
                ["charges_enabled"] = enabled,
                ["payouts_enabled"] = enabled,
                ["details_submitted"] = true,
                ["requirements"] = new JsonObject
                {
                    ["past_due"] = new JsonArray("external_account"),
                    ["currently_due"] = new JsonArray("external_account", "business_type"),
                    ["disabled_reason"] = "eventually",
                },
                ["livemode"] = false,
            });
            said["created"] = Stripe.Objects.Now - age;
            return said;
        }

        Task<IReadOnlyList<bool>> EnabledAsync() => Host.QuerySqlAsync<bool>(
            "SELECT charges_enabled FROM stripe_accounts WHERE account_id = $1", account);
    }

    [Fact]
    public async Task Events_that_stripe_could_not_deliver_are_fetched_later()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        Stripe.Objects.Refund(order.Intent, 5000);
        await World.ReadMissedEventsAsync();
        Assert.Equal(["stripe succeeded 5000 2"], await RefundsAsync(order));
    }

    private async Task DeliverNewestAsync(int count)
    {
        foreach (var said in Stripe.Objects.Events.TakeLast(count).ToList())
            Assert.Equal(200, (await World.DeliverAsync(said)).Status);
    }
}
