using Equaticket.Testing.Stripe;

namespace Equaticket.RestFacade.Tests.Http;

/// <summary>The number of times a request waits for the database.</summary>
public sealed class RoundTripTests(StripeHost stripe) : ApiTest, IClassFixture<StripeHost>
{
    private const string Checkout =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber } }";

    private const string Update =
        "mutation ($id: ID!) { updateEvent(id: $id, input: { title: \"Newer\" }) { title } }";

    private static readonly (string, string) IdempotencyKey =
        ("Idempotency-Key", "0198f3a4-7c31-7f0a-8d7e-1f1a4d6b9c22");

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
    public async Task Create_event_takes_one_for_the_idempotency_key_and_one_for_the_row_the_response_and_the_commit() =>
        Assert.Equal(2, await CountAsync(
            HttpMethod.Post,
            "/api/v1/events",
            Seed.EventBody().Append(new("slug", "round-trips")).ToDictionary(),
            IdempotencyKey));

    [Fact]
    public async Task Create_event_takes_one_more_to_generate_the_slug() =>
        Assert.Equal(3, await CountAsync(HttpMethod.Post, "/api/v1/events", Seed.EventBody(), IdempotencyKey));

    [Fact]
    public async Task Update_event_takes_three_and_one_for_an_idempotency_key()
    {
        var id = await Org.Live.CreateEventAsync();
        Assert.Equal(3, await CountAsync(HttpMethod.Patch, $"/api/v1/events/{id}", new { title = "New" }));
        Assert.Equal(4, await CountAsync(
            HttpMethod.Post, "/graphql", new { query = Update, variables = new { id } }, IdempotencyKey));
    }

    [Fact]
    public async Task Free_checkout_takes_five()
    {
        Assert.Equal(5, await CountCheckoutAsync(Host, Org, price: 0));
    }

    [Fact]
    public async Task Stripe_checkout_takes_ten()
    {
        Assert.Equal(10, await CountCheckoutAsync(stripe.Host, await stripe.CreateOrganizationAsync(), price: 2_500));
    }

    private static async Task<(string EventId, string TicketTypeId)> PutOnSaleAsync(ApiClient client, long price)
    {
        var eventId = await client.CreateEventAsync();
        var ticketTypeId = await client.CreateTicketTypeAsync(eventId, price);
        (await client.PostAsync($"/api/v1/events/{eventId}/publish")).AssertStatus(200);
        return (eventId, ticketTypeId);
    }

    private static async Task<int> CountCheckoutAsync(TestHost host, TestOrganization org, long price)
    {
        var (freeEventId, freeTypeId) = await PutOnSaleAsync(org.Live, price: 0);
        // Opens the connection that numbers orders, which counts as a round trip.
        await host.SellAsync(org.Live, freeEventId, freeTypeId);
        var (eventId, ticketTypeId) = await PutOnSaleAsync(org.Live, price);
        var items = new[] { new { ticketTypeId, quantity = 1 } };
        var input = new { eventId, buyerName = "Ada Lovelace", buyerEmail = "ada@example.com", items };
        var (response, count) = await StatementCounter.CountAsync(trace => ApiResponse.SendAsync(
            host.Http, HttpMethod.Post, "/graphql", key: null, new { query = Checkout, variables = new { input } },
            trace, IdempotencyKey));
        Assert.Null(response.AssertStatus(200).ErrorCode);
        return count;
    }

    private async Task SellTwiceAsync()
    {
        var (id, ticketTypeId) = await PutOnSaleAsync(Org.Live, price: 0);
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
        Assert.Null(response.ErrorCode);
        return count - 1;
    }
}
