using Equaticket.Engine.Input;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Tests.Payments;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>Checkouts that cannot expire because their ticket type's stored stock is wrong.</summary>
public sealed class HoldSweepTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task A_checkout_that_cannot_be_expired_does_not_delay_other_events()
    {
        var (sales, orders) = (new List<OnSale>(), new List<StripeSale>());
        for (var count = 0; count < 7; count++)
        {
            sales.Add(await PutOnSaleAsync());
            orders.Add(await CheckOutAsync(sales[^1]));
        }

        await BreakAsync(sales[3]);
        await SweepAsync(orders);
        for (var index = 0; index < orders.Count; index++)
            Assert.Equal(index == 3 ? "pending" : "expired", await StatusAsync(orders[index]));
    }

    [Fact]
    public async Task A_checkout_that_cannot_be_expired_does_not_delay_others_of_its_event()
    {
        var sale = await PutOnSaleAsync();
        var other = sale with { TypeId = await Org.Test.CreateTicketTypeAsync(sale.EventId) };
        var orders = new[]
        {
            await CheckOutAsync(other), await CheckOutAsync(sale), await CheckOutAsync(other),
        };
        await BreakAsync(sale);
        await SweepAsync(orders);
        Assert.Equal("expired", await StatusAsync(orders[0]));
        Assert.Equal("pending", await StatusAsync(orders[1]));
        Assert.Equal("expired", await StatusAsync(orders[2]));
        Assert.Equal("0 0", await StockAsync(other));
    }

    [Fact]
    public async Task A_checkout_that_cannot_be_expired_is_retried_later()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await BreakAsync(sale);
        await SweepAsync([order]);
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_held = 2 WHERE id = $1", Guid.Parse(sale.TypeId));
        await Host.Get<HoldSweep>().RunAsync(CancellationToken.None);
        Assert.Equal("pending", await StatusAsync(order));
        await ExpireAsync(order);
        Assert.Equal("expired", await StatusAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
    }

    [Fact]
    public async Task One_sweep_covers_more_than_one_page_of_events()
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        await Host.ExecuteSqlAsync(
            """
            WITH event AS (
                INSERT INTO events SELECT (jsonb_populate_record(event, jsonb_build_object(
                    'id', gen_random_uuid(), 'slug', 'copy-' || number))).*
                FROM events AS event, generate_series(1, 250) AS number WHERE id = $1
                RETURNING organization_id, livemode, id),
            type AS (
                INSERT INTO ticket_types SELECT (jsonb_populate_record(type, jsonb_build_object(
                    'id', gen_random_uuid(), 'event_id', event.id))).*
                FROM ticket_types AS type, event WHERE type.id = $2
                RETURNING organization_id, livemode, id, event_id),
            copy AS (
                INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object(
                    'id', gen_random_uuid(), 'event_id', event.id,
                    'number', 100000 + row_number() OVER (), 'payment_reference', NULL,
                    'payment_check_at', NULL, 'checkout_token_hash', NULL))).*
                FROM orders AS o, event WHERE o.id = $3
                RETURNING organization_id, livemode, id, event_id)
            INSERT INTO order_items SELECT (jsonb_populate_record(item, jsonb_build_object(
                'id', gen_random_uuid(), 'order_id', copy.id, 'ticket_type_id', type.id))).*
            FROM order_items AS item, copy JOIN type USING (event_id) WHERE item.order_id = $3
            """,
            Guid.Parse(sale.EventId), Guid.Parse(sale.TypeId), order.OrderId);
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET hold_expires_at = now() - interval '1 second' "
            + "WHERE status = 'pending' AND organization_id = $1", Org.Organization.Id);
        await Host.Get<HoldSweep>().RunAsync(CancellationToken.None);
        Assert.Equal([251L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM orders WHERE organization_id = $1 AND status = 'expired'",
            Org.Organization.Id));
    }

    /// <summary>Removes the held quantity of a ticket type.</summary>
    private Task BreakAsync(OnSale sale) => Host.ExecuteSqlAsync(
        "UPDATE ticket_types SET quantity_held = 0 WHERE id = $1", Guid.Parse(sale.TypeId));

    private async Task SweepAsync(IEnumerable<StripeSale> orders)
    {
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET hold_expires_at = now() - interval '1 second' WHERE id = ANY ($1)",
            orders.Select(order => order.OrderId).ToArray());
        await Host.Get<HoldSweep>().RunAsync(CancellationToken.None);
    }
}
