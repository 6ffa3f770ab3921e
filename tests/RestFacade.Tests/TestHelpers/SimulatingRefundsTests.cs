using Equaticket.Persistence.ApiKeys;

namespace Equaticket.RestFacade.Tests.TestHelpers;

public sealed class SimulatingRefundsTests : ApiTest
{
    [Fact]
    public async Task Refund_returns_the_order()
    {
        var order = await SellAsync();
        var refunded = await RefundAsync(order, new { });
        refunded.MatchSnapshot();
        Assert.Equal((await Org.Test.GetAsync($"/api/v1/orders/{order.Id}")).Body, refunded.Body);
    }

    [Fact]
    public async Task Refund_of_named_tickets_leaves_the_others_valid()
    {
        var order = await SellAsync();
        var tickets = (await Org.Test.GetAsync($"/api/v1/attendees?order_id={order.Id}")).Column("id");
        var refunded = (await RefundAsync(order, new { attendee_ids = new[] { tickets[0] } }))
            .AssertStatus(200);
        Assert.Equal("partially_refunded", refunded.Text("status"));
        var refund = Assert.Single(refunded.Json!["refunds"]!.AsArray())!;
        Assert.Equal(
            ("api", "succeeded", tickets[0]),
            ((string)refund["origin"]!, (string)refund["status"]!,
                (string)refund["attendee_ids"]![0]!));
        Assert.Equal([tickets[0]], (await Org.Test.GetAsync(
            $"/api/v1/attendees?order_id={order.Id}&status=refunded")).Column("id"));
        var again = await RefundAsync(order, new { attendee_ids = new[] { tickets[0] } });
        again.AssertRefused("conflict", "attendee_ids[0]");
        (await RefundAsync(order, new { })).AssertStatus(200);
        (await RefundAsync(order, new { })).AssertRefused("conflict");
    }

    [Fact]
    public async Task Refund_of_a_ticket_of_another_order_is_not_found()
    {
        var (order, other) = (await SellAsync(), await SellAsync());
        var foreign = (await Org.Test.GetAsync($"/api/v1/attendees?order_id={other.Id}")).Column("id");
        foreach (var id in new[] { foreign[0], "nonsense" })
        {
            var refused = await RefundAsync(order, new { attendee_ids = new[] { id } });
            refused.AssertRefused("not_found", "attendee_ids[0]");
        }
    }

    [Fact]
    public async Task Refund_of_a_failed_order_is_a_conflict_and_after_the_start_unprocessable()
    {
        (await RefundAsync(await SellAsync("fails"), new { })).AssertRefused("conflict");
        var order = await SellAsync();
        await Host.ExecuteSqlAsync(
            "UPDATE events SET starts_at = now() - interval '1 minute' WHERE id = $1",
            Guid.Parse(order.Text("event_id")!));
        (await RefundAsync(order, new { })).AssertRefused("unprocessable");
    }

    [Fact]
    public async Task Refund_refuses_live_keys_and_keys_without_the_scope()
    {
        var path = $"/api/v1/test-helpers/orders/{(await SellAsync()).Id}/refund";
        (await Org.Live.PostAsync(path, new { })).AssertRefused("forbidden");
        var reader = await Org.CreateKeyAsync(livemode: false, Scope.OrdersRead);
        (await reader.PostAsync(path, new { })).AssertRefused("forbidden");
    }

    [Fact]
    public async Task Refund_works_with_only_the_write_scope()
    {
        var writer = await Org.CreateKeyAsync(livemode: false, Scope.EventsWrite);
        var order = await SellAsync();
        (await writer.PostAsync($"/api/v1/test-helpers/orders/{order.Id}/refund", new { }))
            .AssertStatus(200);
    }

    [Fact]
    public async Task Cancel_with_refunds_refuses_a_live_key_and_names_the_parameter()
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        var refused = await Org.Live.PostAsync(
            $"/api/v1/events/{id}/cancel", new { refund_orders = true });
        refused.AssertRefused("forbidden", "refund_orders");
        (await Org.Live.PostAsync($"/api/v1/events/{id}/cancel", new { refund_orders = false }))
            .AssertStatus(200);
    }

    [Fact]
    public async Task Cancel_with_refunds_by_a_test_key_refunds_in_the_background()
    {
        var order = await SellAsync();
        (await Org.Test.PostAsync(
            $"/api/v1/events/{order.Text("event_id")}/cancel", new { refund_orders = true }))
            .AssertStatus(200);
        await Poll.UntilAsync(
            async () => (await Org.Test.GetAsync($"/api/v1/orders/{order.Id}")).Text("status")
                == "refunded");
        var refunds = (await Org.Test.GetAsync($"/api/v1/orders/{order.Id}")).Json!["refunds"]!;
        Assert.Equal("cancel", (string)Assert.Single(refunds.AsArray())!["origin"]!);
    }

    private async Task<ApiResponse> SellAsync(string payment = "succeeds")
    {
        var eventId = await Org.Test.CreateEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(eventId);
        (await Org.Test.PostAsync($"/api/v1/events/{eventId}/publish")).AssertStatus(200);
        return (await Org.Test.PostAsync("/api/v1/test-helpers/orders", new
        {
            event_id = eventId,
            buyer_name = "Ada Lovelace",
            buyer_email = "ada@example.com",
            items = new[] { new { ticket_type_id = typeId, quantity = 2 } },
            payment,
        })).AssertStatus(201);
    }

    private Task<ApiResponse> RefundAsync(ApiResponse order, object body) =>
        Org.Test.PostAsync($"/api/v1/test-helpers/orders/{order.Id}/refund", body);
}
