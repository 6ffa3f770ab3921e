using System.Text.Json.Nodes;

namespace Equaticket.Persistence.Tests.Indexes;

/// <content>What buyers do, without a key.</content>
public abstract partial class StatementPlanTests
{
    private const string Checkout =
        """
        mutation ($input: CheckoutInput!) {
          checkout(input: $input) { status checkoutToken orderNumber tickets { ticketCode } }
        }
        """;

    private const string Status =
        """
        query ($token: String!) {
          checkoutStatus(token: $token) { status event { title } lineItems { name } tickets { ticketCode } }
        }
        """;

    private const string Page =
        """
        query ($org: String!, $slug: String!) {
          eventPage(orgSlug: $org, slug: $slug) { title ticketTypes { availablePerOrder } }
        }
        """;

    private const string Cancel =
        "mutation ($token: String!) { cancelCheckout(token: $token) { status } }";

    [Fact]
    public async Task A_sale_is_served_by_indexes()
    {
        Rows.Statements.Take();
        var sale = await CheckOutAsync(Rows.FreeTypeId);
        Assert.Equal("CONFIRMED", (string?)sale["status"]);
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task A_checkout_is_looked_up_and_cancelled_by_its_token()
    {
        var token = (string?)(await CheckOutAsync(Rows.PaidTypeId))["checkoutToken"];
        Rows.Statements.Take();
        await AskAsync(Status, new { token });
        await AskAsync(Cancel, new { token });
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task A_retried_checkout_finds_its_response_by_an_index()
    {
        var key = ("Idempotency-Key", "5f8a3a1e-6f0e-4f3e-9c53-0d3b4a1f7a10");
        var input = Input(Rows.FreeTypeId);
        Rows.Statements.Take();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            ManyRows.Data(await ApiResponse.SendAsync(
                Rows.Host.Http, HttpMethod.Post, "/graphql", key: null,
                new { query = Checkout, variables = new { input } }, key));
        }

        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task The_last_ticket_and_its_refund_are_served_by_indexes()
    {
        var eventId = await Rows.Org.Live.CreateEventAsync("Small");
        var typeId = await Rows.Org.Live.CreateTicketTypeAsync(eventId, price: 0, total: 1);
        await Rows.Org.Live.PostAsync($"/api/v1/events/{eventId}/publish");
        Rows.Statements.Take();
        var sale = await Rows.Host.SellAsync(Rows.Org.Live, eventId, typeId);
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            "mutation ($id: ID!) { refundOrder(id: $id) { status } }", new { id = sale.OrderId }));
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task Stripe_updates_of_a_payment_are_applied_by_indexes()
    {
        Rows.Statements.Take();
        await CheckOutAsync(Rows.PaidTypeId);
        var intent = Rows.Stripe.Stripe.Objects.Intents.Values.Last();
        var paid = Rows.Stripe.Stripe.Objects.Pay(intent);
        Assert.Equal((200, true), await Rows.Stripe.DeliverAsync(paid, host: Rows.Host));
        var refund = Rows.Stripe.Stripe.Objects.AddRefund(intent, 2500, []);
        await Rows.Stripe.DeliverAsync(
            Rows.Stripe.Stripe.Objects.Tell("refund.created", refund, intent), host: Rows.Host);
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task The_public_listing_finds_an_event_by_its_slug()
    {
        var slug = (string?)(await PageAsync($"/api/v1/events/{Rows.EventId}"))["slug"];
        Rows.Statements.Take();
        await PageAsync($"/api/v1/public/events/{slug}?org_slug={Rows.Org.Slug}");
        await AskAsync(Page, new { org = Rows.Org.Slug, slug });
        await AssertServedByIndexesAsync();
    }

    private async Task<JsonNode> CheckOutAsync(string typeId) =>
        (await AskAsync(Checkout, new { input = Input(typeId) }))["checkout"]!;

    private object Input(string typeId) => new
    {
        eventId = Rows.EventId,
        buyerName = "Ada Lovelace",
        buyerEmail = $"ada-{NewId()}@example.com",
        items = new[] { new { ticketTypeId = typeId, quantity = 1 } },
    };
}
