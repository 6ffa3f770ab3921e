using Equaticket.Schema.Refunds;
using Equaticket.Schema.Tests.Payments;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Refunds;

/// <summary>Cancelled events with some orders that cannot be refunded, which must not affect the others.</summary>
[Trait("Category", "Slow")]
public sealed class EventRefundsTests(StripeHost world) : StripeTest(world)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await BrokenOrders.PrepareAsync(Host);
        await Host.ExecuteSqlAsync(
            "UPDATE events SET refunds_opened_at = now() WHERE refunds_requested_at IS NOT NULL");
    }

    [Fact]
    public async Task Events_that_never_complete_do_not_delay_others()
    {
        for (var count = 0; count < 22; count++)
        {
            var broken = await PutOnSaleAsync();
            await Host.BreakAsync(await SellAsync(broken, quantity: 1));
            await CancelAsync(broken);
        }

        var sale = await PutOnSaleAsync();
        var order = await SellAsync(sale);
        await CancelAsync(sale);
        await RunAsync();
        Assert.Equal(["cancel pending 5000 2"], await RefundsAsync(order));
    }

    [Fact]
    public async Task An_order_that_cannot_be_refunded_does_not_delay_others_and_is_retried_later()
    {
        var sale = await PutOnSaleAsync();
        var orders = new[] { await SellAsync(sale), await SellAsync(sale), await SellAsync(sale) };
        await Host.BreakAsync(orders[1]);
        await CancelAsync(sale);
        await RunAsync();
        Assert.Equal(["cancel pending 5000 2"], await RefundsAsync(orders[0]));
        Assert.Equal(["cancel pending 5000 2"], await RefundsAsync(orders[2]));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM events WHERE id = $1 AND "
            + "refunds_failures = 1 AND refunds_check_at >= refunds_requested_at + interval '5 s'", sale));
        await Host.ExecuteSqlAsync(
            "UPDATE events SET refunds_check_at = now() + interval '1 hour' WHERE id = $1",
            Guid.Parse(sale.EventId));
        await RunAsync();
        Assert.Equal(1, await Host.BrokenAttemptsAsync());
        await Host.RepairAsync();
        await World.HurryAsync();
        await RunAsync();
        Assert.Equal(["cancel pending 5000 2"], await RefundsAsync(orders[1]));
    }

    [Fact]
    public async Task Two_hosts_share_the_events_and_try_each_order_once()
    {
        var sale = await PutOnSaleAsync(total: 20);
        for (var count = 0; count < 8; count++)
            await Host.BreakAsync(await SellAsync(sale, quantity: 1));
        await CancelAsync(sale);
        await using var second = await World.StartHostAsync(Host.ConnectionString);
        await Task.WhenAll(RunAsync(), second.Get<EventRefunds>().RunAsync(CancellationToken.None));
        Assert.Equal(8, await Host.BrokenAttemptsAsync());
    }

    [Fact]
    public async Task All_pages_of_an_event_are_refunded_and_then_the_event_is_done()
    {
        var sale = await PutOnSaleAsync(total: null);
        var order = await SellAsync(sale, quantity: 1);
        await CopyAsync(order, count: 250);
        await CancelAsync(sale);
        await RunAsync();
        Assert.Equal(251, await CountAsync("SELECT count(*) FROM refunds JOIN orders "
            + "ON orders.id = order_id WHERE event_id = $1", sale));
        await Host.ExecuteSqlAsync(
            "UPDATE events SET refunds_requested_at = refunds_requested_at - interval '3 minutes' "
            + "WHERE id = $1", Guid.Parse(sale.EventId));
        await World.HurryAsync();
        await RunAsync();
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM events WHERE id = $1 "
            + "AND refunds_opened_at IS NOT NULL", sale));
        await Host.ExecuteSqlAsync(
            "DELETE FROM refunds USING orders WHERE orders.id = order_id AND event_id = $1",
            Guid.Parse(sale.EventId));
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET refund_id = NULL, status = 'void' WHERE event_id = $1",
            Guid.Parse(sale.EventId));
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET captured_amount = 0, difference_amount = 0 WHERE event_id = $1",
            Guid.Parse(sale.EventId));
    }

    [Fact]
    public async Task Many_refunds_of_one_organization_do_not_delay_another()
    {
        await Host.Get<RefundWork>().RunAsync(CancellationToken.None);
        var many = await PutOnSaleAsync(total: 20);
        for (var count = 0; count < 12; count++)
            await SellAsync(many, quantity: 1);
        await CancelAsync(many);
        await RunAsync();
        await base.InitializeAsync();
        var sale = await PutOnSaleAsync();
        await SellAsync(sale, quantity: 1);
        await CancelAsync(sale);
        await RunAsync();
        var before = Stripe.Requests.Count;
        await Host.Get<RefundWork>().RunAsync(CancellationToken.None);
        var accounts = Stripe.Requests.Skip(before).Select(request => request.Account).ToList();
        Assert.Equal(13, accounts.Count);
        Assert.InRange(accounts.IndexOf(StripeHost.AccountOf(Org, livemode: false)), 0, 3);
    }

    private Task RunAsync() => Host.Get<EventRefunds>().RunAsync(CancellationToken.None);

    private async Task CancelAsync(OnSale sale) => Assert.Equal(200, (await Org.Test.PostAsync(
        $"/api/v1/events/{sale.EventId}/cancel", new { refund_orders = true })).Status);

    private async Task<long> CountAsync(string sql, OnSale sale) =>
        (await Host.QuerySqlAsync<long>(sql, Guid.Parse(sale.EventId)))[0];

    /// <summary>Copies an order, giving each copy one ticket.</summary>
    private Task CopyAsync(StripeSale order, int count) => Host.ExecuteSqlAsync(
        """
        WITH copied AS (
            INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object(
                'id', gen_random_uuid(), 'number', 100000 + copy,
                'payment_reference', 'pi_copy_' || o.number || '_' || copy,
                'checkout_token_hash', NULL))).*
            FROM orders AS o, generate_series(1, $2) AS copy WHERE o.id = $1
            RETURNING id, number)
        INSERT INTO attendees (organization_id, livemode, id, event_id, order_id, order_number, ticket_type_id,
            ticket_type_name, ticket_code, status, name, email, email_key, price, amount_paid, currency, version,
            created_at, updated_at)
        SELECT organization_id, livemode, gen_random_uuid(), event_id, copied.id, copied.number, ticket_type_id,
            ticket_type_name, translate(to_char(copied.number - 100000, 'FM00000000'), '01', 'XY'), status, name,
            email, email_key, price, amount_paid, currency, version, created_at, updated_at
        FROM attendees AS ticket, copied WHERE ticket.order_id = $1
        """,
        order.OrderId, count);
}
