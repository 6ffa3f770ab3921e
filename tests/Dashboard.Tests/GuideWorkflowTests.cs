using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The guide's common workflows, in the dashboard: from creating an event to refunding a ticket.</summary>
[Trait("Category", "Tools")]
public sealed class GuideWorkflowTests : BrowserTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_an_event_to_a_refunded_ticket(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.Admin, $"{Test}/events", hasScripts);
        await CreateEventAsync(page);
        await page.FollowAsync("Add ticket type");
        await page.EnterAsync("Name", "General Admission");
        await page.EnterAsync("Price", "25.00");
        await page.EnterAsync("Quantity", "100");
        await page.PressAsync("Add ticket type");
        await page.ExpectDoneAsync("The ticket type was added");
        await page.PressAsync("Publish");
        await page.ExpectDoneAsync("published and is on sale");

        var buyer = await OpenAsync($"/e/{Org.Slug}/test/spring-workshop-2026", hasScripts);
        await buyer.GetByLabel("Number of tickets").SelectOptionAsync("2");
        await buyer.PressAsync("Continue");
        await buyer.EnterBuyerAsync();
        await buyer.PressAsync("Pay 50.00 USD");
        await buyer.ExpectHeadingAsync("Your tickets");

        await page.FollowAsync("Orders");
        await page.Locator("tbody a", new() { HasText = "EQ-" }).ClickAsync();
        await page.ExpectTextAsync("Ada Lovelace");
        var chosen = page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("Refund ticket") }).First;
        var code = await chosen.GetAttributeAsync("aria-label");
        await chosen.CheckAsync();
        await page.EnterAsync("Type \"refund\" to confirm", "refund");
        await page.PressAsync("Refund");
        await page.ExpectDoneAsync("The refund is in progress");
        await page.ExpectTextAsync("partially refunded");
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex(code!.Split(' ')[^1]) }))
            .ToContainTextAsync("refunded");
        await buyer.ReloadAsync();
        await Expect(buyer.Locator(".ticket", new() { HasText = "Refunded" })).ToHaveCountAsync(1);
        await Expect(buyer.Locator(".qr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_published_event_is_in_the_public_listing_and_on_its_page()
    {
        var page = await OpenAsAsync(Role.EventManager, $"{Live}/events");
        await CreateEventAsync(page);
        await page.FollowAsync("Add ticket type");
        await page.EnterAsync("Name", "Free");
        await page.EnterAsync("Price", "0");
        await page.PressAsync("Add ticket type");
        await page.PressAsync("Publish");
        await page.ExpectDoneAsync("published and is on sale");
        var listing = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Get, $"/api/v1/public/events?org_slug={Org.Slug}", key: null, body: null);
        Assert.Equal("Spring Workshop", (string)listing.Json!["data"]![0]!["title"]!);
        await page.GotoAsync(new Uri((string)listing.Json["data"]![0]!["url"]!).AbsolutePath);
        await page.ExpectHeadingAsync("Spring Workshop");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stripe_Connect_must_be_active_before_paid_events_are_published(bool hasScripts)
    {
        var org = await Host.CreateOrganizationAsync(chargesEnabled: false);
        var id = await org.Live.CreateEventAsync("Spring Workshop");
        await org.Live.CreateTicketTypeAsync(id);
        var user = await AddUserAsync(Role.Owner, org.Organization);
        var page = await OpenAsAsync(user, $"/dashboard/{org.Slug}/live/events/{id}", hasScripts);
        await page.PressAsync("Publish");
        await Expect(page.Locator(".summary")).ToBeFocusedAsync();
        await Expect(page.Locator(".summary")).ToContainTextAsync("Stripe");
        await Expect(page.Locator(".tag", new() { HasText = "draft" })).ToBeVisibleAsync();
        await page.FollowAsync("Payments");
        await page.ExpectTextAsync("not connected");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_are_filtered_by_event_status_and_buyer_email(bool hasScripts)
    {
        var shop = await Org.Test.OpenShopAsync(price: 0);
        using var client = new DashboardClient(Host.Address);
        await client.BuyAsync(shop);
        var page = await OpenAsAsync(Role.EventManager, $"{Test}/orders", hasScripts);
        await page.EnterAsync("Buyer's email", "grace@example.com");
        await page.PressAsync("Filter");
        await page.ExpectTextAsync("No orders match.");
        await Expect(page).ToHaveURLAsync(new Regex("buyer_email=grace%40example.com"));
        await page.EnterAsync("Buyer's email", "ada@example.com");
        await page.ChooseAsync("Status", "confirmed");
        await page.PressAsync("Filter");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Buyer's email")).ToHaveValueAsync("ada@example.com");
        await page.GotoAsync($"{Test}/events/{shop.Id}");
        await page.Locator("dl a", new() { HasText = "ticket" }).First.ClickAsync();
        await page.ExpectHeadingAsync("Attendees");
        await page.ChooseAsync("Checked in", "yes");
        await page.PressAsync("Filter");
        await page.ExpectTextAsync("No attendees match.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_an_event_with_refunds_shows_their_progress(bool hasScripts)
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500);
        using var client = new DashboardClient(Host.Address);
        var order = await client.BuyAsync(shop, 2);
        var page = await OpenAsAsync(Role.Admin, $"{Test}/events/{shop.Id}", hasScripts);
        await page.GetByLabel("Refund all orders").CheckAsync();
        await page.EnterAsync("Type \"cancel\" to confirm", "no");
        await page.PressAsync("Cancel event");
        await page.ExpectFaultAsync("_confirm", "Type \"cancel\" to confirm.");
        await Expect(page.GetByLabel("Refund all orders")).ToBeCheckedAsync();
        await page.EnterAsync("Type \"cancel\" to confirm", "cancel");
        await page.PressAsync("Cancel event");
        await page.ExpectDoneAsync("The event was cancelled");
        await page.ReloadUntilAsync("2 of 2 tickets refunded");
        var buyer = await OpenAsync(order, hasScripts);
        await Expect(buyer.Locator("main")).ToContainTextAsync("This event is cancelled.");
    }

    /// <summary>Creates the guide's event.</summary>
    private static async Task CreateEventAsync(IPage page)
    {
        await page.FollowAsync("Create event");
        await page.EnterAsync("Title", "Spring Workshop");
        await page.EnterAsync("Starts", "2099-09-15T18:00");
        await page.EnterAsync("Time zone", "America/Chicago");
        await page.EnterAsync("Currency", "usd");
        await page.EnterAsync("Slug", "spring-workshop-2026");
        await page.PressAsync("Create event");
        await page.ExpectDoneAsync("The event was created as a draft");
    }
}
