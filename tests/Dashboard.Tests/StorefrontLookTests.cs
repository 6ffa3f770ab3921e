using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The appearance of the pages for buyers in a real browser.</summary>
[Trait("Category", "Tools")]
public sealed class StorefrontLookTests(Browser browser) : ApiTest, IClassFixture<Browser>
{
    private const string Check =
        """
        async tags => {
          const found = await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(node => node.html).join(' ')}`);
        }
        """;

    private static readonly string Screenshots = Repository.File("artifacts/screenshots/storefront");

    private static readonly string[] Rules =
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 390, 320)]
    [InlineData(ColorScheme.Dark, 1280, 390)]
    public async Task Every_page_is_accessible_fits_and_loads_nothing_else(ColorScheme scheme, params int[] widths)
    {
        var page = await browser.OpenAsync(new() { ColorScheme = scheme });
        var faults = new List<string>();
        page.Console += (_, message) => faults.Add($"{page.Url}: {message.Text}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Host.Address.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                faults.Add($"{page.Url} loads {request.Url}");
        };
        foreach (var (name, path) in await PathsAsync())
        {
            var answer = await page.GotoAsync(Host.Address + path[1..]);
            Assert.True((await answer!.BodyAsync()).Length < 100_000, $"{path} is too large.");
            if (name == "missing")
                faults.Clear();
            faults.AddRange(await LookAsync(page, $"{name}-{scheme}", widths));
        }

        await page.GotoAsync(Host.Address + (await Org.Live.OpenShopAsync()).Checkout(2)[1..]);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync("ada@localhost");
        await page.GetByRole(AriaRole.Button, new() { Name = "Get tickets" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        faults.RemoveAll(fault => fault.Contains("status of 400", StringComparison.Ordinal));
        faults.AddRange(await LookAsync(page, $"checkout-fault-{scheme}", widths));
        faults.RemoveAll(fault => fault.Contains("the server responded with a status", StringComparison.Ordinal));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <returns>The layout and accessibility problems of the open page at the given widths.</returns>
    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, string name, int[] widths)
    {
        var faults = new List<string>();
        await page.EvaluateAsync(Axe);
        foreach (var width in widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new()
            {
                Path = Path.Join(Screenshots, $"{name}-{width}.png"),
                FullPage = true,
            });
            faults.AddRange((await page.EvaluateAsync<string[]>(Check, Rules))
                .Select(fault => $"{name} at {width}: {fault}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") > 0)
                faults.Add($"{name} is wider than {width}");
        }

        return faults;
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PathsAsync()
    {
        (string, object?)[] details =
        [
            ("starts_at", "2099-09-15T23:00:00Z"), ("ends_at", "2099-09-16T03:30:00Z"),
            ("timezone", "America/New_York"), ("venue_name", "Pier 4"),
            ("venue_address", "146 South Street\nBrooklyn, NY 11201"),
            ("description", "Three bands, one barge. The Low Tide Quintet opens at eight, and the bar stays open until "
                + "the last set.\n\nDoors open at six. Bring a coat: the deck is windy after dark."),
        ];
        var live = await Org.Live.OpenShopAsync(changes: details);
        var test = await Org.Test.OpenShopAsync(price: 2500, changes: details);
        foreach (var (name, price, quantity) in new[] { ("Table for two", 9_000, 20), ("Backstage", 15_000, 1) })
        {
            await Org.Test.PostAsync($"/api/v1/events/{test.Id}/ticket-types", new
            {
                name,
                price,
                quantity_total = quantity,
                description = name == "Backstage" ? "Meet the band after the last set." : null,
            });
        }

        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_sold = 1 WHERE name = 'Backstage' AND event_id = $1",
            Guid.Parse(test.Id));
        var (over, cancelled) = (await Org.Live.OpenShopAsync(), await Org.Live.OpenShopAsync());
        await Host.ExecuteSqlAsync(
            "UPDATE events SET starts_at = now() - interval '2 days' WHERE id = $1", Guid.Parse(over.Id));
        using var buyer = new DashboardClient(Host.Address);
        var (free, paid, lost) =
            (await buyer.BuyAsync(live, 2), await buyer.BuyAsync(test, 2), await buyer.BuyAsync(cancelled));
        var refunded = await buyer.BuyAsync(test);
        var order = (await Org.Test.GetAsync("/api/v1/orders")).Json!["data"]![0]!["id"];
        await Org.Test.PostAsync($"/api/v1/test-helpers/orders/{order}/refund", new { });
        await Org.Live.PostAsync($"/api/v1/events/{cancelled.Id}/cancel");
        return
        [
            ("event", live.Path), ("event-test", test.Path), ("event-over", over.Path),
            ("event-cancelled", cancelled.Path), ("event-empty", $"{live.Path}?empty=1"),
            ("checkout", live.Checkout(2)), ("checkout-test", test.Checkout(2)), ("order", free), ("order-test", paid),
            ("order-cancelled", lost), ("order-refunded", refunded), ("missing", $"/e/{Org.Slug}/nothing"),
        ];
    }
}
