using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.PublicListing;

/// <summary>The queries behind the pages for buyers.</summary>
public sealed class EventPageTests : ApiTest
{
    private const string Fields =
        "orgName livemode status isOver url ticketTypes { name status salesStartAt minPerOrder availablePerOrder }";

    [Fact]
    public async Task An_event_page_shows_live_test_and_cancelled_events_but_no_drafts()
    {
        await Org.Live.CreatePublishedEventAsync("Jazz");
        await Org.Test.CreatePublishedEventAsync("Only a test");
        await Org.Live.CreateEventAsync("Draft");
        var live = (await PageAsync("jazz")).Data()["eventPage"]!;
        Assert.Equal($"Organization {Org.Slug}", live["orgName"].Text());
        Assert.Equal("PUBLISHED", live["status"].Text());
        Assert.Equal((true, false), ((bool)live["livemode"]!, (bool)live["isOver"]!));
        Assert.Equal("not_found", (await PageAsync("only-a-test")).ErrorCode);
        Assert.Equal("not_found", (await PageAsync("draft")).ErrorCode);
        Assert.Equal("not_found", (await PageAsync("jazz", livemode: false)).ErrorCode);
        var test = (await PageAsync("only-a-test", livemode: false)).Data()["eventPage"]!;
        Assert.False((bool)test["livemode"]!);
        Assert.EndsWith($"/e/{Org.Slug}/test/only-a-test", test["url"].Text(), StringComparison.Ordinal);
        Assert.Equal("General Admission", Assert.Single(test["ticketTypes"]!.AsArray())!["name"].Text());
        var id = (await Org.Live.GetAsync("/api/v1/events?slug=jazz")).Json!["data"]![0]!["id"];
        await Org.Live.PostAsync($"/api/v1/events/{id}/cancel");
        Assert.Equal("CANCELLED", (await PageAsync("jazz")).Data()["eventPage"]!["status"].Text());
    }

    [Fact]
    public async Task A_page_shows_how_many_tickets_one_order_can_have_now()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0, total: 12);
        Assert.Equal(10, await AvailableAsync());
        await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 9)));
        Assert.Equal(3, await AvailableAsync());
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_held = 3 WHERE id = $1", Guid.Parse(typeId));
        Assert.Equal(0, await AvailableAsync());
    }

    [Fact]
    public async Task A_checkout_shows_its_event_its_buyer_and_what_was_bought()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var token = (await Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 2)))).Checkout()["checkoutToken"].Text();
        var answer = await Host.AskAsync(
            """
            query ($token: String!) {
              checkoutStatus(token: $token) {
                livemode buyerName buyerEmail refundedAmount clientSecret publishableKey
                event { id livemode title }
                lineItems { name quantity amount }
                tickets { name }
              }
            }
            """,
            new { token });
        var order = answer.Data()["checkoutStatus"]!;
        Assert.Equal(
            (false, "Ada Lovelace", "ada@example.com"),
            ((bool)order["livemode"]!, order["buyerName"].Text(), order["buyerEmail"].Text()));
        Assert.Equal((eventId, false), (order["event"]!["id"].Text(), (bool)order["event"]!["livemode"]!));
        Assert.Null(order["clientSecret"]);
        Assert.Null(order["publishableKey"]);
        var line = Assert.Single(order["lineItems"]!.AsArray())!;
        Assert.Equal((2, 5000), ((int)line["quantity"]!, (int)line["amount"]!));
        Assert.Equal(["Ada Lovelace", "Ada Lovelace"], order["tickets"]!.AsArray().Select(t => t!["name"].Text()));
    }

    private async Task<int> AvailableAsync() => (int)(await PageAsync("test-event"))
        .Data()["eventPage"]!["ticketTypes"]![0]!["availablePerOrder"]!;

    private Task<ApiResponse> PageAsync(string slug, bool? livemode = null) => Host.AskAsync(
        "query ($org: String!, $slug: String!, $live: Boolean) { "
            + $"eventPage(orgSlug: $org, slug: $slug, livemode: $live) {{ {Fields} }} }}",
        new { org = Org.Slug, slug, live = livemode });
}
