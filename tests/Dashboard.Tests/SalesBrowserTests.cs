using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The forms and lists of events, orders, and attendees in a real browser.</summary>
[Trait("Category", "Tools")]
public sealed class SalesBrowserTests : BrowserTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_field_of_an_event_shows_its_error_and_the_others_keep_their_values(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.EventManager, $"{Test}/events/new", hasScripts);
        await FillAsync(page);
        await page.EnterAsync("Time zone", "Mars/Olympus");
        await page.PressAsync("Create event");
        await page.ExpectFaultAsync("timezone", "");
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Harbour Jazz Night");
        await Expect(page.GetByLabel("Starts")).ToHaveValueAsync("2099-09-15T18:00");
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Two lines.\nBring a coat.");
        await page.EnterAsync("Time zone", "Europe/Helsinki");
        await page.PressAsync("Create event");
        await page.ExpectDoneAsync("The event was created as a draft");
        await page.ExpectHeadingAsync("Harbour Jazz Night");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_creates_one_event(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.EventManager, $"{Test}/events/new", hasScripts);
        await FillAsync(page);
        await page.Button("Create event").DblClickAsync();
        await page.ExpectHeadingAsync("Harbour Jazz Night");
        await page.FollowAsync("Events");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Saving_over_a_newer_version_is_rejected_and_keeps_the_input()
    {
        var id = await Org.Test.CreateEventAsync();
        var path = $"{Test}/events/{id}/edit";
        var (first, second) =
            (await OpenAsAsync(Role.EventManager, path), await OpenAsAsync(Role.EventManager, path));
        await first.EnterAsync("Title", "First title");
        await second.EnterAsync("Title", "Second title");
        await first.PressAsync("Save");
        await first.ExpectDoneAsync("The event was updated");
        await second.PressAsync("Save");
        await Expect(second.Locator(".summary")).ToBeFocusedAsync();
        await Expect(second.GetByLabel("Title")).ToHaveValueAsync("Second title");
        await second.PressAsync("Save");
        await second.ExpectDoneAsync("The event was updated");
        await second.ExpectHeadingAsync("Second title");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_price_is_reported_at_its_field_and_a_ticket_type_is_deleted(bool hasScripts)
    {
        var id = await Org.Test.CreateEventAsync();
        var page = await OpenAsAsync(Role.EventManager, $"{Test}/events/{id}/ticket-types/new", hasScripts);
        await page.EnterAsync("Name", "Standing");
        await page.EnterAsync("Price", "a lot");
        await page.PressAsync("Add ticket type");
        await page.ExpectFaultAsync("price", "Price must be an amount");
        await Expect(page.GetByLabel("Name").First).ToHaveValueAsync("Standing");
        await page.EnterAsync("Price", "12.50");
        await page.PressAsync("Add ticket type");
        await page.ExpectDoneAsync("The ticket type was added");
        await page.ExpectTextAsync("12.50 USD");
        await page.PressAsync("Delete Standing");
        await page.ExpectDoneAsync("The ticket type was deleted");
        await page.ExpectTextAsync("No ticket types yet.");
    }

    [Theory]
    [InlineData(true, "Orders", "orders.csv")]
    [InlineData(false, "Orders", "orders.csv")]
    [InlineData(true, "Attendees", "attendees.csv")]
    public async Task A_list_is_downloaded_as_a_file(bool hasScripts, string list, string file)
    {
        await SellAsync();
        var page = await OpenAsAsync(Role.EventManager, Test, hasScripts);
        await page.FollowAsync(list);
        var download = await page.RunAndWaitForDownloadAsync(() => page.FollowAsync("Export CSV"));
        Assert.Equal(file, download.SuggestedFilename);
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync();
        Assert.Contains("ada@example.com", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redacted_buyer_is_gone_from_the_pages(bool hasScripts)
    {
        await SellAsync();
        var page = await OpenAsAsync(Role.Admin, $"{Test}/orders", hasScripts);
        await page.Locator("tbody a").First.ClickAsync();
        await page.EnterAsync("Type \"redact\" to confirm", "please");
        await page.PressAsync("Redact buyer");
        await page.ExpectFaultAsync("_confirm", "Type \"redact\" to confirm.");
        await page.EnterAsync("Type \"redact\" to confirm", "redact");
        await page.PressAsync("Redact buyer");
        await page.ExpectDoneAsync("removed everywhere");
        await page.ExpectNoTextAsync("ada@example.com");
        await page.FollowAsync("Attendees");
        await page.ExpectNoTextAsync("ada@example.com");
    }

    [Fact]
    public async Task A_double_click_refunds_a_ticket_once()
    {
        await SellAsync();
        var page = await OpenAsAsync(Role.Admin, $"{Test}/orders");
        await page.Locator("tbody a").First.ClickAsync();
        await page.EnterAsync("Reason", "Ill");
        await page.EnterAsync("Type \"refund\" to confirm", "refund");
        await page.Button("Refund").DblClickAsync();
        await page.ExpectDoneAsync("The refund is in progress");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Refunds" }).Locator("tbody tr"))
            .ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_shows_the_equivalent_API_call()
    {
        var page = await OpenAsAsync(Role.Admin, $"{Test}/events?status=published");
        await page.GetByText("Show as API call").ClickAsync();
        await Expect(page.Locator(".as-call"))
            .ToContainTextAsync($"curl \"{Host.Address}api/v1/events?status=published\"");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Open GraphiQL" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Host.Address}graphql");
    }

    private static async Task FillAsync(IPage page)
    {
        await page.EnterAsync("Title", "Harbour Jazz Night");
        await page.EnterAsync("Starts", "2099-09-15T18:00");
        await page.EnterAsync("Time zone", "Europe/Helsinki");
        await page.EnterAsync("Currency", "eur");
        await page.EnterAsync("Description", "Two lines.\nBring a coat.");
    }

    private async Task SellAsync()
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500);
        using var client = new DashboardClient(Host.Address);
        await client.BuyAsync(shop);
    }
}
