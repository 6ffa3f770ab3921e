using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The dashboard works with only a keyboard, and the focus is always visible.</summary>
[Trait("Category", "Tools")]
public sealed class KeyboardTests : BrowserTest
{
    /// <summary>The maximum number of Tab presses before the element that a test wants.</summary>
    private const int MaxStops = 100;

    /// <summary>Returns why the focused element's focus indicator isn't visible, or an empty string if it is.</summary>
    private const string Unseen =
        """
        () => {
          const one = document.activeElement;
          if (one === document.body) return '';
          const [style, box] = [getComputedStyle(one), one.getBoundingClientRect()];
          const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          const isShown = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
          return isMarked && isShown ? '' : `${one.outerHTML.slice(0, 160)} ${style.outline} ${JSON.stringify(box)}`;
        }
        """;

    [Fact]
    public async Task A_user_signs_in_creates_a_key_and_revokes_it()
    {
        var page = await OpenAsync(Keys);
        await TypeAsync(page, page.GetByLabel("Email"), await AddMemberAsync(Role.Owner));
        await TypeAsync(page, page.GetByLabel("Password"), Password);
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectHeadingAsync("API keys");
        await PressAsync(page, page.Link("Create API key"), "Enter");
        await page.ExpectHeadingAsync("Create API key");
        await TypeAsync(page, page.GetByLabel("Name"), "My integration");
        await PressAsync(page, page.GetByLabel("Live", new() { Exact = true }), "ArrowDown");
        await Expect(page.GetByLabel("Test", new() { Exact = true })).ToBeCheckedAsync();
        await PressAsync(page, page.GetByLabel("events:read"), "Space");
        await PressAsync(page, page.Locator("#expires_at"), "ArrowUp");
        await Expect(page.Locator("#expires_at option:checked")).ToHaveTextAsync("in 30 days");
        await PressAsync(page, page.Button("Create API key"), "Enter");
        var key = await page.SecretAsync();
        Assert.Equal(200, (await CallAsync(key)).Status);
        await PressAsync(page, page.Button("Copy").First, "Space");
        await PressAsync(page, page.Link("Done"), "Enter");
        await page.ExpectHeadingAsync("API keys");
        await PressAsync(page, page.Link("Revoke My integration"), "Enter");
        await page.ExpectHeadingAsync("My integration");
        await PressAsync(page, page.Button("Revoke key"), "Enter");
        await page.ExpectDoneAsync("The key was revoked");
        Assert.Equal(401, (await CallAsync(key)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_buyer_buys_tickets(bool hasScripts)
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500);
        var page = await OpenAsync(shop.Path, hasScripts);
        await PressAsync(page, page.GetByLabel("Number of tickets"), "2");
        await PressAsync(page, page.Button("Continue"), "Enter");
        await page.ExpectHeadingAsync("Checkout");
        await TypeAsync(page, page.GetByLabel("Name", new() { Exact = true }), "Ada Lovelace");
        await TypeAsync(page, page.GetByLabel("Email"), "ada@localhost");
        await PressAsync(page, page.GetByLabel("Succeeds"), "ArrowDown");
        await Expect(page.GetByLabel("Is declined")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await PressAsync(page, page.Button("Pay 50.00 USD"), "Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await PressAsync(page, page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link), "Enter");
        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("ada@example.com");
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectHeadingAsync("Your tickets");
    }

    [Fact]
    public async Task The_menu_works_on_a_phone()
    {
        var page = await OpenAsAsync(Role.Admin, Test);
        await page.SetViewportSizeAsync(390, 800);
        await PressAsync(page, page.Link("Skip to content"), "Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("main :focus")).ToHaveCountAsync(1);
        await page.GotoAsync(Test);
        await PressAsync(page, page.Link("Menu"), "Enter");
        await PressAsync(page, page.Link("Orders"), "Enter");
        await page.ExpectHeadingAsync("Orders");
    }

    [Fact]
    public async Task A_ticket_is_checked_in_and_its_check_in_undone()
    {
        var shop = await Org.Test.OpenShopAsync();
        using var client = new DashboardClient(Host.Address);
        await client.BuyAsync(shop);
        var code = (string)(await Org.Test.GetAsync("/api/v1/attendees")).Json!["data"]![0]!["ticket_code"]!;
        var page = await OpenAsAsync(Role.CheckInOnly, $"{Test}/events/{shop.Id}/door");
        await Expect(page.GetByLabel("Ticket code")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(code);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#answer")).ToContainTextAsync("Admit");
        await Expect(page.GetByLabel("Ticket code")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(page.Locator("#answer button")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#answer")).ToContainTextAsync("Undone");
    }

    [Fact]
    public async Task An_organizer_filters_a_list_and_opens_an_order()
    {
        var shop = await Org.Test.OpenShopAsync();
        using var client = new DashboardClient(Host.Address);
        await client.BuyAsync(shop);
        var page = await OpenAsAsync(Role.EventManager, $"{Test}/orders");
        await TypeAsync(page, page.GetByLabel("Buyer's email"), "ada@example.com");
        await PressAsync(page, page.GetByLabel("Status"), "c");
        await PressAsync(page, page.Button("Filter"), "Enter");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await PressAsync(page, page.Locator("tbody a").First, "Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Order EQ-");
    }

    private static async Task TypeAsync(IPage page, ILocator field, string text)
    {
        await TabToAsync(page, field);
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task PressAsync(IPage page, ILocator target, string key)
    {
        await TabToAsync(page, target);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Moves the focus forward to an element, and checks the focus indicator at each stop.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeAttachedAsync();
        for (var stop = 0; stop < MaxStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("one => one === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
            var fault = await page.EvaluateAsync<string>(Unseen);
            Assert.True(fault == "", fault);
        }

        Assert.Fail($"{MaxStops} stops do not lead to {target}.");
    }
}
