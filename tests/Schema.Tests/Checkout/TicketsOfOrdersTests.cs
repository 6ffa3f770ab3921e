using Equaticket.Engine.Input;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>The result of a confirmed checkout.</summary>
public sealed class TicketsOfOrdersTests : ApiTest
{
    [Fact]
    public async Task Tickets_go_to_the_named_attendees_and_the_rest_to_the_buyer()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var cart = Buying.Cart(eventId);
        cart["items"] = new[]
        {
            new
            {
                ticketTypeId = typeId,
                quantity = 3,
                attendees = new object[]
                {
                    new { name = "Grace Hopper", email = "grace@example.com" },
                    new { name = "Mary Shelley" },
                },
            },
        };
        (await Host.CheckoutAsync(cart)).Checkout();
        Assert.Equal(
            [
                "Grace Hopper grace@example.com",
                "Mary Shelley ada@example.com",
                "Ada Lovelace ada@example.com",
            ],
            await Host.QuerySqlAsync<string>(
                "SELECT name || ' ' || email FROM attendees WHERE event_id = $1 ORDER BY created_at, id",
                Guid.Parse(eventId)));
    }

    [Fact]
    public async Task More_attendees_than_tickets_are_refused()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var cart = Buying.Cart(eventId);
        var attendees = new[] { new { name = "A" }, new { name = "B" } };
        cart["items"] = new[] { new { ticketTypeId = typeId, quantity = 1, attendees } };
        var refused = await Host.CheckoutAsync(cart);
        Assert.Equal(
            ("validation_error", "items[0].attendees"), (refused.ErrorCode, refused.Param));
    }

    [Fact]
    public async Task A_sale_takes_its_number_on_a_new_connection_if_the_server_closed_the_old_one()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).Checkout();
        var closed = await Host.QuerySqlAsync<bool>(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND application_name = 'equaticket counter'");
        Assert.NotEmpty(closed);
        (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).Checkout();
    }

    [Fact]
    public async Task A_free_live_checkout_is_confirmed_immediately_and_its_buyer_gets_an_email()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        var checkout = (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 2)))).Checkout();
        Assert.Equal("CONFIRMED", checkout["status"].Text());
        Assert.Equal((2, 98), await Org.Live.StockAsync(eventId, typeId));
        Assert.Equal(["order_confirmed"], await EmailsAsync());
    }

    [Fact]
    public async Task A_test_checkout_sends_no_email()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync(price: 0);
        (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 2)))).Checkout();
        Assert.Empty(await EmailsAsync());
    }

    [Fact]
    public async Task Order_numbers_count_up_for_each_organization_and_mode()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync(total: null);
        var cart = Buying.Cart(eventId, (typeId, 1));
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            (await Host.CheckoutAsync(cart)).Checkout()["orderNumber"].Text()));
        Assert.Equal(
            Enumerable.Range(1001, 20).Select(number => $"EQ-{number}"), numbers.Order());
        var live = await Org.Live.PutOnSaleAsync(price: 0);
        var first = await Host.CheckoutAsync(Buying.Cart(live.EventId, (live.TypeId, 1)));
        Assert.Equal("EQ-1001", first.Checkout()["orderNumber"].Text());
    }

    [Fact]
    public async Task A_key_may_send_any_text_as_idempotency_key()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var body = new
        {
            query = "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber } }",
            variables = new { input = Buying.Cart(eventId, (typeId, 1)) },
        };
        var answers = new HashSet<string>();
        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await Org.Test.SendAsync(
                HttpMethod.Post, "/graphql", body, ("Idempotency-Key", "order of Monday"));
            Assert.Null(answer.ErrorCode);
            answers.Add(answer.Body);
        }

        Assert.Single(answers);
        Assert.Equal((1, 99), await Org.Test.StockAsync(eventId, typeId));
    }

    private Task<IReadOnlyList<string>> EmailsAsync() => Host.QuerySqlAsync<string>(
        "SELECT kind FROM queued_emails WHERE organization_id = $1", Org.Organization.Id);
}
