using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The accessibility and layout of the pages for buyers.</summary>
[Trait("Category", "Tools")]
public sealed class StorefrontLookTests : BrowserTest
{
    private static readonly (string, object?)[] Details =
    [
        ("starts_at", "2099-09-15T23:00:00Z"), ("ends_at", "2099-09-16T03:30:00Z"),
        ("timezone", "America/New_York"), ("venue_name", "Pier 4"),
        ("venue_address", "146 South Street\nBrooklyn, NY 11201"),
        ("description", "Three bands, one barge. The Low Tide Quintet opens at eight, and the bar stays open until "
            + "the last set.\n\nDoors open at six. Bring a coat: the deck is windy after dark."),
    ];

    [Fact]
    public async Task Every_page_of_an_event_is_accessible_fits_and_loads_only_from_its_origin()
    {
        var live = await Org.Live.OpenShopAsync(changes: Details);
        var test = await Org.Test.OpenShopAsync(price: 2500, changes: Details);
        await AddTypesAsync(test);
        var over = await ChangedAsync("UPDATE events SET starts_at = now() - interval '2 days' WHERE id = $1");
        var soldOut = await ChangedAsync("UPDATE ticket_types SET quantity_sold = 10 WHERE event_id = $1");
        var reserved = await ChangedAsync("UPDATE ticket_types SET quantity_held = 10 WHERE event_id = $1");
        var early = await ChangedAsync("UPDATE ticket_types SET sales_start_at = '2099-01-01' WHERE event_id = $1");
        var cancelled = await Org.Live.OpenShopAsync();
        await Org.Live.PostAsync($"/api/v1/events/{cancelled.Id}/cancel");
        var look = new Look(await OpenAsync("about:blank"), Host.Address);
        await look.AtAsync("buyer-event", live.Path);
        await look.AtAsync("buyer-event-test", test.Path);
        await look.AtAsync("buyer-event-empty", $"{live.Path}?empty=1");
        await look.AtAsync("buyer-event-over", over.Path);
        await look.AtAsync("buyer-event-sold-out", soldOut.Path);
        await look.AtAsync("buyer-event-reserved", reserved.Path);
        await look.AtAsync("buyer-event-early", early.Path);
        await look.AtAsync("buyer-event-cancelled", cancelled.Path);
        await look.AtAsync("buyer-event-missing", $"/e/{Org.Slug}/nothing");
        look.AssertFine();
    }

    [Fact]
    public async Task Every_page_of_an_order_is_accessible_fits_and_loads_only_from_its_origin()
    {
        var live = await Org.Live.OpenShopAsync(changes: Details);
        var test = await Org.Test.OpenShopAsync(price: 2500, changes: Details);
        var cancelled = await Org.Live.OpenShopAsync();
        using var buyer = new DashboardClient(Host.Address);
        var (free, paid, lost, refunded) = (await buyer.BuyAsync(live, 2), await buyer.BuyAsync(test, 2),
            await buyer.BuyAsync(cancelled), await buyer.BuyAsync(test));
        var order = (await Org.Test.GetAsync("/api/v1/orders")).Json!["data"]![0]!["id"];
        await Org.Test.PostAsync($"/api/v1/test-helpers/orders/{order}/refund", new { });
        await Org.Live.PostAsync($"/api/v1/events/{cancelled.Id}/cancel");
        var look = new Look(await OpenAsync("about:blank"), Host.Address);
        await look.AtAsync("buyer-checkout", live.Checkout(2));
        await look.AtAsync("buyer-checkout-test", test.Checkout(2));
        await look.AtAsync("buyer-order", free);
        await look.AtAsync("buyer-order-test", paid);
        await look.AtAsync("buyer-order-cancelled", lost);
        await look.AtAsync("buyer-order-refunded", refunded);
        await look.AtAsync("buyer-order-missing", "/order?token=chk_x");
        look.AssertFine();
    }

    [Fact]
    public async Task A_checkout_with_errors_is_accessible()
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500, total: 2);
        var page = await OpenAsync(shop.Checkout(2));
        var look = new Look(page, Host.Address);
        await page.EnterBuyerAsync("ada@localhost");
        await page.PressAsync("Pay 50.00 USD");
        await page.ExpectFaultAsync("buyer_email", "");
        await look.AtAsync("buyer-checkout-fault");
        await page.EnterAsync("Email", "ada@example.com");
        await page.GetByLabel("Is declined").CheckAsync();
        await page.PressAsync("Pay 50.00 USD");
        await page.ExpectFaultAsync("payment_method", "The payment was declined.");
        await look.AtAsync("buyer-checkout-declined");
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_sold = 2 WHERE event_id = $1", Guid.Parse(shop.Id));
        await page.GetByLabel("Succeeds").CheckAsync();
        await page.PressAsync("Pay 50.00 USD");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("0 of \"General Admission\" are left.");
        await look.AtAsync("buyer-checkout-gone");
        look.AssertFine();
    }

    /// <returns>A new event on sale, after the statement has changed it.</returns>
    private async Task<Shop> ChangedAsync(string statement)
    {
        var shop = await Org.Live.OpenShopAsync();
        await Host.ExecuteSqlAsync(statement, Guid.Parse(shop.Id));
        return shop;
    }

    private async Task AddTypesAsync(Shop shop)
    {
        foreach (var (name, price, quantity) in new[] { ("Table for two", 9_000, 20), ("Backstage", 15_000, 1) })
        {
            await Org.Test.PostAsync($"/api/v1/events/{shop.Id}/ticket-types", new
            {
                name,
                price,
                quantity_total = quantity,
                description = name == "Backstage" ? "Meet the band after the last set." : null,
            });
        }

        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_sold = 1 WHERE name = 'Backstage' AND event_id = $1",
            Guid.Parse(shop.Id));
    }
}
