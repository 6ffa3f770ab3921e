using System.Text.RegularExpressions;
using Equaticket.Dashboard.Operations;
using Equaticket.Persistence.Team;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Dashboard.Tests;

/// <summary>The accessibility and layout of every page of an organization.</summary>
[Trait("Category", "Heavy")]
public sealed class LookTests : BrowserTest
{
    private string Developer(string mode) => $"/dashboard/{Org.Slug}/{mode}/settings/developer";

    [Fact]
    public async Task Every_page_is_accessible_fits_and_loads_only_from_its_origin()
    {
        var look = new Look(await OpenAsAsync(Role.Owner, "about:blank"), Host.Address);
        var pages = await PagesAsync();
        var unseen = Host.Get<PageCatalog>().Pages.Where(page => !pages.Any(seen => IsAt(page, seen.Path))).ToList();
        Assert.True(
            unseen.All(page => !page.Read.HasPath),
            $"Add a path for {string.Join(", ", unseen.Select(page => page.Route))}.");
        foreach (var (name, path) in pages)
            await look.AtAsync(name, path);
        foreach (var page in unseen)
            await look.AtAsync(page.Title, PathOf(page, ""));
        look.AssertFine();
    }

    [Fact]
    public async Task Every_page_of_a_new_organization_is_accessible()
    {
        var organization = await WithoutTermsAsync();
        var look = new Look(
            await OpenAsAsync(await AddUserAsync(Role.Owner, organization), "about:blank"), Host.Address);
        foreach (var page in Host.Get<PageCatalog>().Pages.Where(page => !page.Read.HasPath))
            await look.AtAsync($"empty-{page.Title}", page.PathFor(organization.Slug, "live"));
        await look.AtAsync("empty-Overview-test", $"/dashboard/{organization.Slug}/test");
        look.AssertFine();
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.EventManager)]
    [InlineData(Role.CheckInOnly)]
    public async Task Pages_that_a_role_is_denied_are_accessible(Role role)
    {
        var look = new Look(await OpenAsAsync(role, "about:blank"), Host.Address);
        await look.AtAsync($"{role}-overview", Live);
        await look.AtAsync($"{role}-key-new", $"{Keys}/new");
        await look.AtAsync($"{role}-organization", $"{Live}/settings/organization");
        look.AssertFine();
    }

    private static bool IsAt(PageDefinition page, string path)
    {
        var pattern = Regex.Replace(page.Route, "{\\w+:guid}", "[0-9a-f-]{36}")
            .Replace("{org}", "[^/]+", StringComparison.Ordinal)
            .Replace("{mode:mode}", "(live|test)", StringComparison.Ordinal)
            .Replace("{*id}", ".+", StringComparison.Ordinal);
        return Regex.IsMatch(path.Split('?')[0], $"^{pattern}$");
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync()
    {
        var (sales, hooks) = (await SalesAsync(), await WebhooksAsync());
        var member = await AddUserAsync(Role.EventManager);
        return
        [
            ("overview", Live), ("overview-menu", $"{Live}#menu"), ("overview-test", Test), .. sales, .. hooks,
            ("api-keys", Keys), ("api-keys-new", $"{Keys}/new"), ("api-key", $"{Keys}/{Org.Live.KeyId}"),
            ("activity", $"{Developer("live")}/activity"),
            ("activity-filters", $"{Developer("live")}/activity?status=404"),
            ("test-data", $"{Keys}/reset-test-data"), ("organization", $"{Live}/settings/organization"),
            ("team", $"{Live}/settings/team"), ("team-member", $"{Live}/settings/team/{member.Id}"),
            ("payments", $"{Live}/settings/payments"), ("payments-test", $"{Test}/settings/payments"),
            ("security-log", $"{Live}/settings/security-log"),
        ];
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> SalesAsync()
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500);
        var (sold, refunded) = (await OrderAsync(shop, 2), await OrderAsync(shop, 1));
        await Org.Test.PostAsync($"/api/v1/test-helpers/orders/{refunded}/refund", new { });
        var cancelled = await Org.Test.OpenShopAsync(price: 0);
        await Org.Test.PostAsync($"/api/v1/events/{cancelled.Id}/cancel");
        var draft = await Org.Test.CreateEventAsync("Spring Pottery Workshop");
        var show = $"{Test}/events/{shop.Id}";
        var request = (await Host.QuerySqlAsync<string>(
            "SELECT request_id FROM webhook_events WHERE order_id = $1", Guid.Parse(sold)))[0];
        return
        [
            ("events", $"{Test}/events"), ("event", show), ("event-draft", $"{Test}/events/{draft}"),
            ("event-cancelled", $"{Test}/events/{cancelled.Id}"), ("event-new", $"{Test}/events/new"),
            ("event-edit", $"{show}/edit"), ("ticket-type-new", $"{show}/ticket-types/new"),
            ("ticket-type", $"{show}/ticket-types/{shop.TypeId}"), ("door", $"{show}/door"),
            ("door-search", $"{show}/door?search=true&name=Ada"), ("orders", $"{Test}/orders"),
            ("order", $"{Test}/orders/{sold}"), ("order-refunded", $"{Test}/orders/{refunded}"),
            ("attendees", $"{Test}/attendees"), ("attendees-fault", $"{Test}/attendees?event_id=x"),
            ("request", $"{Test}/requests/{request}"),
        ];
    }

    private async Task<string> OrderAsync(Shop shop, int quantity)
    {
        var order = await Org.Test.PostAsync("/api/v1/test-helpers/orders", new
        {
            event_id = shop.Id,
            buyer_name = "Ada Lovelace",
            buyer_email = "ada@example.com",
            items = new[] { new { ticket_type_id = shop.TypeId, quantity } },
        });
        Assert.True(order.Status == 201, order.Body);
        return order.Id;
    }

    /// <summary>The host doesn't resolve names, so nothing is delivered.</summary>
    private async Task<IReadOnlyList<(string Name, string Path)>> WebhooksAsync()
    {
        var hook = (await Org.Live.CreateWebhookAsync(new Uri("https://example.com/hook"))).Id;
        await Org.Live.SendAsync(
            HttpMethod.Post, $"/api/v1/webhooks/{hook}/ping", null, ("X-Request-Id", "ping-1"));
        await Org.Live.GetAsync("/api/v1/events?limit=1000");
        var off = (await Org.Live.CreateWebhookAsync(new Uri("https://example.com/old"))).Id;
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET status = 'disabled', disabled_reason = 'It failed for 3 days.' WHERE id = $1",
            Guid.Parse(off));
        var path = $"/api/v1/webhooks/{hook}/deliveries";
        await Poll.UntilAsync(async () =>
            (await Org.Live.GetAsync(path)).Json!["data"]![0]!["attempts"]!.AsArray().Count > 0);
        var delivery = (await Org.Live.GetAsync(path)).Json!["data"]![0]!["id"];
        await Poll.UntilAsync(async () => (await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM api_requests WHERE api_key_id = $1", Org.Live.KeyId))[0] > 2);
        var webhooks = $"{Developer("live")}/webhooks";
        return
        [
            ("webhooks", webhooks), ("webhook-new", $"{webhooks}/new"), ("webhook", $"{webhooks}/{hook}"),
            ("webhook-disabled", $"{webhooks}/{off}"), ("delivery", $"{webhooks}/{hook}/deliveries/{delivery}"),
            ("request-ping", $"{Live}/requests/ping-1"),
        ];
    }
}
