using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Dashboard.Tests;

/// <summary>The public event pages.</summary>
public sealed class StorefrontEventTests : StorefrontTest
{
    private const string Hostile = "</script><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";

    [Fact]
    public async Task An_event_page_is_briefly_cacheable_and_sets_no_cookie()
    {
        var shop = await Org.Live.OpenShopAsync();
        var page = await Buyer.GetAsync(shop.Path);
        Assert.Equal(200, page.Status);
        Assert.Equal(Policy, page.Headers["Content-Security-Policy"]);
        Assert.Equal("public, max-age=15", page.Headers["Cache-Control"]);
        Assert.False(page.Headers.ContainsKey("Set-Cookie"));
        Assert.False(page.Headers.ContainsKey("X-Robots-Tag"));
        using var again = new HttpRequestMessage(HttpMethod.Get, shop.Path);
        again.Headers.TryAddWithoutValidation("If-None-Match", page.Headers["ETag"]);
        Assert.Equal(304, (await Buyer.SendAsync(again)).Status);
        await Buyer.BuyAsync(shop, 10);
        using var late = new HttpRequestMessage(HttpMethod.Get, shop.Path);
        late.Headers.TryAddWithoutValidation("If-None-Match", page.Headers["ETag"]);
        Assert.Contains("Sold out", (await Buyer.SendAsync(late)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_page_is_not_cached_beyond_the_end_of_sales()
    {
        var clock = new StillClock();
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var org = await host.CreateOrganizationAsync();
        var shop = await org.Live.OpenShopAsync();
        var changed = await org.Live.SendAsync(
            HttpMethod.Patch, $"/api/v1/events/{shop.Id}/ticket-types/{shop.TypeId}",
            new { sales_end_at = clock.GetUtcNow().AddSeconds(10.5) });
        Assert.True(changed.Status == 200, changed.Body);
        using var buyer = new DashboardClient(host.Address);
        Assert.Equal("public, max-age=10", (await buyer.GetAsync(shop.Path)).Headers["Cache-Control"]);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("public, max-age=15", (await buyer.GetAsync(shop.Path)).Headers["Cache-Control"]);
    }

    [Fact]
    public async Task A_test_event_page_says_so_and_is_not_indexed()
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500);
        Assert.StartsWith($"/e/{Org.Slug}/test/", shop.Path, StringComparison.Ordinal);
        var page = await Buyer.GetAsync(shop.Path);
        Assert.Contains("<strong>Test event.</strong>", page.Body, StringComparison.Ordinal);
        Assert.Equal("noindex", page.Headers["X-Robots-Tag"]);
    }

    [Fact]
    public async Task Missing_pages_are_404_with_an_HTML_page()
    {
        var (live, test) = (await Org.Live.OpenShopAsync(), await Org.Test.OpenShopAsync());
        var draft = await Org.Live.PostAsync("/api/v1/events", Seed.EventBody("Draft"));
        Assert.Equal(201, draft.Status);
        string[] paths =
        [
            $"/e/nobody{live.Path[live.Path.LastIndexOf('/')..]}", $"/e/{Org.Slug}/nothing", $"/e/{Org.Slug}",
            $"/e/{Org.Slug}/draft", $"/checkout/{Org.Slug}/nothing", "/order", "/order?token=", "/order?token=chk_x",
            "/order/pay?token=chk_x", "/order/calendar.ics?token=chk_x", "/order/more",
        ];
        await Org.Test.PostAsync("/api/v1/events", Seed.EventBody("Only a test"));
        foreach (var path in paths.Append($"/e/{Org.Slug}/only-a-test"))
        {
            var page = await Buyer.GetAsync(path);
            Assert.True(page.Status == 404, $"{path}: {page.Status}");
            Assert.StartsWith("text/html", page.Headers["Content-Type"], StringComparison.Ordinal);
            Assert.Equal("no-store", page.Headers["Cache-Control"]);
            Assert.DoesNotContain("/dashboard\"", page.Body, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await Buyer.GetAsync(test.Path)).Status);
    }

    [Fact]
    public async Task The_page_describes_the_event_to_search_engines_and_link_previews()
    {
        var shop = await Org.Live.OpenShopAsync(
            changes: [("title", Hostile), ("slug", "hostile"), ("description", Hostile), ("venue_name", Hostile)]);
        var page = (await Buyer.GetAsync(shop.Path)).Body;
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        var text = Regex.Match(page, "<script type=\"application/ld\\+json\">(.*?)</script>").Groups[1].Value;
        var data = JsonNode.Parse(text)!;
        Assert.Equal((Hostile, "Event"), ((string)data["name"]!, (string)data["@type"]!));
        Assert.Equal("2099-09-15T13:00:00-05:00", (string)data["startDate"]!);
        Assert.Equal(Hostile, (string)data["location"]!["name"]!);
        Assert.Equal("https://schema.org/InStock", (string)data["offers"]![0]!["availability"]!);
        var title = Regex.Match(page, "<meta property=\"og:title\" content=\"(.*?)\">").Groups[1].Value;
        Assert.Equal(Hostile, WebUtility.HtmlDecode(title));
        Assert.Contains(
            $"<link rel=\"canonical\" href=\"{Host.Address}e/{Org.Slug}/hostile\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_has_ended_or_was_cancelled_keeps_its_page_and_sells_nothing()
    {
        var (over, cancelled) = (await Org.Live.OpenShopAsync(), await Org.Live.OpenShopAsync());
        await Host.ExecuteSqlAsync(
            "UPDATE events SET starts_at = now() - interval '2 days' WHERE id = $1", Guid.Parse(over.Id));
        var order = await Buyer.BuyAsync(cancelled);
        await Org.Live.PostAsync($"/api/v1/events/{cancelled.Id}/cancel");
        foreach (var (shop, said) in new[] { (over, "This event is over."), (cancelled, "This event is cancelled.") })
        {
            var page = await Buyer.GetAsync(shop.Path);
            Assert.Contains(said, page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("<select", page.Body, StringComparison.Ordinal);
            var refused = await Buyer.SendAsync(DashboardClient.Form(
                shop.Checkout(), [], ("buyer_name", "Ada"), ("buyer_email", "ada@example.com")));
            Assert.Equal(422, refused.Status);
            Assert.Contains(said, refused.Body, StringComparison.Ordinal);
        }

        Assert.Contains("This event is cancelled.", (await Buyer.GetAsync(order)).Body, StringComparison.Ordinal);
        Assert.Contains(
            "STATUS:CANCELLED",
            (await Buyer.GetAsync(order.Replace("/order", "/order/calendar.ics", StringComparison.Ordinal))).Body,
            StringComparison.Ordinal);
    }
}
