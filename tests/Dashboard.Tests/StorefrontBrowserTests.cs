using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The storefront in a real browser.</summary>
[Trait("Category", "Tools")]
public sealed class StorefrontBrowserTests : BrowserTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_buyer_gets_free_tickets_from_the_event_page_to_the_ticket_codes(bool hasScripts)
    {
        var shop = await Org.Live.OpenShopAsync();
        var page = await OpenAsync(shop.Path, hasScripts);
        await page.GetByLabel("Number of tickets").SelectOptionAsync("2");
        await page.PressAsync("Continue");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout");
        await page.EnterBuyerAsync();
        await page.GetByLabel("Ticket 2").FillAsync("Grace Hopper");
        await page.PressAsync("Get tickets");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your tickets");
        await Expect(page.Locator(".qr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".ticket").Nth(0)).ToContainTextAsync("Ada Lovelace");
        await Expect(page.Locator(".ticket").Nth(1)).ToContainTextAsync("Grace Hopper");
        await Expect(page.Button("Print")).ToHaveCountAsync(hasScripts ? 1 : 0);
        await page.ReloadAsync();
        await Expect(page.Locator(".qr")).ToHaveCountAsync(2);
        Assert.Single((await Org.Live.GetAsync("/api/v1/orders")).Json!["data"]!.AsArray());
    }

    [Fact]
    public async Task A_declined_test_payment_is_retried_and_succeeds()
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500);
        var page = await OpenAsync(shop.Checkout(2), hasScripts: false);
        await page.EnterBuyerAsync();
        await page.GetByLabel("Is declined").CheckAsync();
        await page.PressAsync("Pay 50.00 USD");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment was declined.");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Ada Lovelace");
        await page.GetByLabel("Succeeds").CheckAsync();
        await page.PressAsync("Pay 50.00 USD");
        await Expect(page.Locator(".ticket")).ToHaveCountAsync(2);
        await Expect(page.GetByText("Test event.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_second_buyer_of_the_last_ticket_sees_that_it_is_sold_out()
    {
        var shop = await Org.Live.OpenShopAsync(total: 1);
        var first = await OpenAsync(shop.Checkout(), hasScripts: false);
        var second = await OpenAsync(shop.Checkout(), hasScripts: false);
        await first.EnterBuyerAsync();
        await second.EnterBuyerAsync("grace@example.com");
        await first.PressAsync("Get tickets");
        await second.PressAsync("Get tickets");
        await Expect(first.Locator(".ticket")).ToHaveCountAsync(1);
        await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("0 of \"General Admission\" are left.");
        await Expect(second.Locator("th .fault")).ToBeVisibleAsync();
        await Expect(second.GetByLabel("Email")).ToHaveValueAsync("grace@example.com");
        await second.GetByRole(AriaRole.Link, new() { Name = "Change tickets" }).ClickAsync();
        await Expect(second.GetByText("Sold out.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_double_click_creates_one_order()
    {
        var shop = await Org.Live.OpenShopAsync();
        var page = await OpenAsync(shop.Checkout());
        await page.EnterBuyerAsync();
        await page.Button("Get tickets").DblClickAsync();
        await Expect(page.Locator(".ticket")).ToHaveCountAsync(1);
        Assert.Single((await Org.Live.GetAsync("/api/v1/orders")).Json!["data"]!.AsArray());
    }

    [Fact]
    public async Task A_buyer_who_chooses_no_tickets_is_asked_to_choose()
    {
        var shop = await Org.Live.OpenShopAsync();
        var page = await OpenAsync(shop.Path, hasScripts: false);
        await page.GetByLabel("Number of tickets").SelectOptionAsync("0");
        await page.PressAsync("Continue");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose how many tickets you want.");
        await page.GetByLabel("Number of tickets").SelectOptionAsync("3");
        await page.PressAsync("Continue");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change tickets" }).ClickAsync();
        await Expect(page.GetByLabel("Number of tickets")).ToHaveValueAsync("3");
    }

    [Fact]
    public async Task An_error_has_the_focus_and_links_to_its_field()
    {
        var shop = await Org.Live.OpenShopAsync();
        var page = await OpenAsync(shop.Checkout());
        await page.EnterBuyerAsync("ada@localhost");
        await page.PressAsync("Get tickets");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await Expect(page).ToHaveTitleAsync(new Regex("^Error: Checkout"));
    }

    [Fact]
    public async Task A_cancelled_event_says_so_and_sells_nothing()
    {
        var shop = await Org.Live.OpenShopAsync();
        await Org.Live.PostAsync($"/api/v1/events/{shop.Id}/cancel");
        var page = await OpenAsync(shop.Path);
        await Expect(page.GetByText("This event is cancelled.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Tickets_that_are_not_on_sale_say_why()
    {
        var shop = await Org.Live.OpenShopAsync();
        var path = $"/api/v1/events/{shop.Id}/ticket-types/{shop.TypeId}";
        var page = await OpenAsync(shop.Path);
        await Org.Live.PatchAsync(path, new { sales_start_at = "2099-09-01T15:00:00Z" });
        await page.GotoAsync($"{page.Url}?x=1");
        await Expect(page.GetByText("On sale from Tuesday, 1 September 2099, 10:00")).ToBeVisibleAsync();
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET sales_start_at = NULL, quantity_held = quantity_total WHERE id = $1",
            Guid.Parse(shop.TypeId));
        await page.GotoAsync($"{page.Url}2");
        await Expect(page.GetByText("All tickets are reserved.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Text_from_an_organizer_cannot_run_scripts()
    {
        const string hostile = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        var shop = await Org.Live.OpenShopAsync(
            changes: [("title", hostile), ("slug", "hostile"), ("description", hostile), ("venue_name", hostile)]);
        var page = await OpenAsync("about:blank");
        var faults = new List<string>();
        page.Dialog += (_, dialog) => faults.Add(dialog.Message);
        page.Console += (_, message) => faults.Add(message.Text);
        await page.GotoAsync(shop.Path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(hostile);
        await page.GotoAsync(shop.Checkout());
        await page.EnterBuyerAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("<script>alert(1)</script>");
        await page.PressAsync("Get tickets");
        await Expect(page.Locator(".ticket")).ToContainTextAsync("<script>alert(1)</script>");
        Assert.Empty(faults);
    }
}
