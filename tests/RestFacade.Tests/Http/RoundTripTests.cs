namespace Equaticket.RestFacade.Tests.Http;

/// <summary>The number of times a request waits for the database, without the commit of a write.</summary>
public sealed class RoundTripTests : ApiTest
{
    private const string Checkout =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber } }";

    private const string Tree =
        "{ events { nodes { ticketTypes { nodes { id } } orders { nodes { id attendees { nodes { id } } } } } } }";

    [Fact]
    public async Task Get_event_takes_one()
    {
        var id = await Org.Live.CreateEventAsync();
        Assert.Equal(1, await CountAsync(HttpMethod.Get, $"/api/v1/events/{id}"));
    }

    [Fact]
    public async Task List_orders_takes_one_and_one_for_the_parts_of_all_orders()
    {
        await SellTwiceAsync();
        Assert.Equal(2, await CountAsync(HttpMethod.Get, "/api/v1/orders"));
    }

    [Fact]
    public async Task A_tree_of_lists_takes_one_per_level()
    {
        await SellTwiceAsync();
        Assert.Equal(3, await CountAsync(HttpMethod.Post, "/graphql", new { query = Tree }));
    }

    [Fact]
    public async Task Create_event_takes_one_for_the_idempotency_key_one_for_the_row_and_one_to_finish() =>
        Assert.Equal(3, await CountAsync(
            HttpMethod.Post,
            "/api/v1/events",
            Seed.EventBody().Append(new("slug", "round-trips")).ToDictionary(),
            ("Idempotency-Key", "round-trips")));

    [Fact]
    public async Task Update_event_takes_three()
    {
        var id = await Org.Live.CreateEventAsync();
        Assert.Equal(3, await CountAsync(HttpMethod.Patch, $"/api/v1/events/{id}", new { title = "New" }));
    }

    [Fact]
    public async Task Free_checkout_takes_eight()
    {
        var eventId = await Org.Live.CreateEventAsync();
        var ticketTypeId = await Org.Live.CreateTicketTypeAsync(eventId, price: 0);
        (await Org.Live.PostAsync($"/api/v1/events/{eventId}/publish")).AssertStatus(200);
        // Opens the connection that numbers orders, which counts as a round trip.
        await Host.SellAsync(Org.Live, eventId, ticketTypeId);
        var items = new[] { new { ticketTypeId, quantity = 1 } };
        var input = new { eventId, buyerName = "Ada Lovelace", buyerEmail = "ada@example.com", items };
        var (response, count) = await StatementCounter.CountAsync(trace => ApiResponse.SendAsync(
            Host.Http, HttpMethod.Post, "/graphql", key: null, new { query = Checkout, variables = new { input } },
            trace, ("Idempotency-Key", "0198f3a4-7c31-7f0a-8d7e-1f1a4d6b9c22")));
        Assert.Null(response.AssertStatus(200).ErrorCode);
        Assert.Equal(8, count);
    }

    private async Task SellTwiceAsync()
    {
        var id = await Org.Live.CreateEventAsync();
        var ticketTypeId = await Org.Live.CreateTicketTypeAsync(id, price: 0);
        (await Org.Live.PostAsync($"/api/v1/events/{id}/publish")).AssertStatus(200);
        await Host.SellAsync(Org.Live, id, ticketTypeId);
        await Host.SellAsync(Org.Live, id, ticketTypeId);
    }

    /// <summary>Uses a new key, whose lookup takes one more round trip, which isn't counted.</summary>
    private async Task<int> CountAsync(
        HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var key = await Org.CreateKeyAsync(livemode: true);
        var (response, count) = await StatementCounter.CountAsync(
            trace => key.SendAsync(method, path, body, [trace, .. headers]));
        Assert.InRange(response.Status, 200, 201);
        return count - 1;
    }
}
