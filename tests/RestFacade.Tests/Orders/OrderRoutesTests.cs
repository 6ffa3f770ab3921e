using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;

namespace Equaticket.RestFacade.Tests.Orders;

/// <summary>The complete response of each order route.</summary>
public sealed class OrderRoutesTests : ApiTest
{
    [Fact]
    public async Task GET_order_shows_one_with_its_payment_and_its_refunds()
    {
        var sale = await SellAsync(quantity: 2);
        await RefundAsync(sale);
        (await Org.Test.GetAsync($"/api/v1/orders/{sale.OrderId}")).MatchSnapshot();
    }

    [Fact]
    public async Task GET_orders_lists_newest_first()
    {
        var (eventId, typeId) = await FreeEventAsync();
        await Host.SellAsync(Org.Live, eventId, typeId);
        await Host.SellAsync(Org.Live, eventId, typeId, (3, "Grace Hopper", "grace@example.com"));
        (await Org.Live.GetAsync("/api/v1/orders?limit=1")).MatchSnapshot();
    }

    [Fact]
    public async Task GET_orders_of_an_event_lists_only_those()
    {
        var (eventId, typeId) = await FreeEventAsync();
        var (otherEventId, otherTypeId) = await FreeEventAsync();
        var mine = await Host.SellAsync(Org.Live, eventId, typeId);
        await Host.SellAsync(Org.Live, otherEventId, otherTypeId);
        var list = await Org.Live.GetAsync($"/api/v1/events/{eventId}/orders");
        Assert.Equal([mine.OrderId], list.Column("id"));
        Assert.Equal([eventId], list.Column("event_id"));
    }

    [Fact]
    public async Task GET_order_without_an_amount_due_has_no_payment()
    {
        var (eventId, typeId) = await FreeEventAsync();
        var order = (await Host.SellAsync(Org.Live, eventId, typeId)).Order;
        Assert.Null(order["payment"]);
        Assert.Equal((0, "confirmed"), ((long)order["total_amount"]!, (string)order["status"]!));
    }

    [Fact]
    public async Task GET_order_is_304_until_it_changes()
    {
        var path = $"/api/v1/orders/{(await SellAsync(quantity: 1)).OrderId}";
        var tag = (await Org.Test.GetAsync(path)).Header("ETag")!;
        (await ReadAgainAsync(path, tag)).AssertStatus(304);
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET status = 'refunded', version = version + 1 WHERE organization_id = $1",
            Org.Organization.Id);
        var changed = (await ReadAgainAsync(path, tag)).AssertStatus(200);
        Assert.Matches("^\"3-", changed.Header("ETag"));
    }

    [Fact]
    public async Task A_refund_is_a_node_for_callers_who_may_read_its_order()
    {
        var sale = await SellAsync(quantity: 1);
        await RefundAsync(sale);
        var order = (await Org.Test.GetAsync($"/api/v1/orders/{sale.OrderId}")).Json!;
        var query = $"{{ node(id: \"{order["refunds"]![0]!["id"]}\") {{ ... on Refund {{ amount }} }} }}";
        var refund = (await Org.Test.GraphQLAsync(query)).AssertStatus(200);
        Assert.Equal(1200, (long)refund.Json!["data"]!["node"]!["amount"]!);
        Assert.Equal("not_found", (await Org.Live.GraphQLAsync(query)).ErrorCode);
        var key = await Org.CreateKeyAsync(livemode: false, Scope.AttendeesRead);
        Assert.Equal("forbidden", (await key.GraphQLAsync(query)).ErrorCode);
    }

    [Fact]
    public async Task Orders_are_marked_as_test_data_by_their_mode()
    {
        var test = (await SellAsync(quantity: 1)).Order;
        var (eventId, typeId) = await FreeEventAsync();
        var live = (await Host.SellAsync(Org.Live, eventId, typeId)).Order;
        Assert.Equal((false, true), ((bool)test["livemode"]!, (bool)test["is_test_data"]!));
        Assert.Equal((true, false), ((bool)live["livemode"]!, (bool)live["is_test_data"]!));
    }

    private async Task<Sale> SellAsync(int quantity)
    {
        var id = await Org.Test.CreatePublishedEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(id, price: 1200);
        return await Host.SellAsync(Org.Test, id, typeId, (quantity, "Ada Lovelace", "Ada@Example.com"));
    }

    private async Task<(string EventId, string TicketTypeId)> FreeEventAsync()
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        return (id, await Org.Live.CreateTicketTypeAsync(id, price: 0));
    }

    private Task<ApiResponse> ReadAgainAsync(string path, string tag) =>
        Org.Test.SendAsync(HttpMethod.Get, path, body: null, ("If-None-Match", tag));

    private Task<int> RefundAsync(Sale sale) => Host.ExecuteSqlAsync(
        """
        WITH refunded AS (
            UPDATE orders SET status = 'partially_refunded', refunded_amount = 1200, version = 3
            WHERE organization_id = $1 AND id = $3)
        INSERT INTO refunds (organization_id, livemode, id, order_id, amount, reason, origin, status,
            attendee_ids, attempts, created_at, updated_at)
        VALUES ($1, false, $2, $3, 1200, 'Ill.', 'api', 'succeeded', $4, 1, now(), now())
        """,
        Org.Organization.Id,
        new RowStamps(TimeProvider.System).Next().Id,
        Guid.Parse(sale.OrderId),
        new[] { Guid.Parse(sale.AttendeeId) });
}
