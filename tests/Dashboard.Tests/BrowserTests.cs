using Deque.AxeCore.Commons;
using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>What people do in a real browser, and how every page looks there.</summary>
[Trait("Category", "Tools")]
public sealed class BrowserTests(Browser browser) : DashboardTest, IClassFixture<Browser>
{
    /// <remarks>Pages have no frames, so axe needs no page of its own to put its findings together.</remarks>
    private const string Check =
        """
        async tags => {
          const found = await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(node => node.html).join(' ')}`);
        }
        """;

    private static readonly string Screenshots = Repository.File("artifacts/screenshots/dashboard");

    private static readonly string[] Rules =
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_is_created_copied_and_revoked_as_the_guide_says(bool hasScripts)
    {
        var page = await OpenAsync(Role.Owner, new() { JavaScriptEnabled = hasScripts });
        await page.GetByRole(AriaRole.Link, new() { Name = "API keys", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Create API key" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("My integration");
        await page.GetByLabel("Test", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("events:read").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        var key = await page.Locator("#new-key").InnerTextAsync();
        Assert.StartsWith("sk_test_", key, StringComparison.Ordinal);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy" })).ToHaveCountAsync(hasScripts ? 2 : 0);
        Assert.Equal(200, (await CallAsync(key)).Status);
        await page.GetByRole(AriaRole.Link, new() { Name = "Done" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "My integration", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The key is revoked");
        await Expect(page.GetByRole(AriaRole.Status).First).ToBeFocusedAsync();
        Assert.Equal(401, (await CallAsync(key)).Status);
    }

    [Fact]
    public async Task The_modes_are_told_apart_by_words_and_address()
    {
        var page = await OpenAsync(Role.Admin);
        await Expect(page.GetByText("Test mode.")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Host.Address}{Test[1..]}/settings/developer/webhooks");
        await Expect(page.GetByText("Test mode.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_fault_has_the_focus_and_leads_to_its_field()
    {
        var page = await OpenAsync(Role.Owner);
        await page.GotoAsync($"{Host.Address}{Keys[1..]}/new");
        await page.GetByLabel("Name").FillAsync("My integration");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("#scopes")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 390, 320)]
    [InlineData(ColorScheme.Dark, 1280, 390)]
    public async Task Every_page_is_accessible_fits_and_loads_nothing_else(ColorScheme scheme, params int[] widths)
    {
        await SeedAsync();
        var page = await OpenAsync(Role.Owner, new() { ColorScheme = scheme });
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
            Assert.True(answer!.Ok, $"{path}: {answer.Status}");
            Assert.True((await answer.BodyAsync()).Length < 100_000, $"{path} is too large.");
            await page.EvaluateAsync(Axe);
            foreach (var width in widths)
                faults.AddRange(await LookAsync(page, $"{name}-{scheme}", width));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <returns>What is wrong with the open page at a width.</returns>
    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, string name, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.ScreenshotAsync(new()
        {
            Path = Path.Join(Screenshots, $"{name}-{width}.png"),
            FullPage = true,
        });
        var faults = await page.EvaluateAsync<string[]>(Check, Rules);
        var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        return [.. faults.Append(excess > 0 ? "it is wider" : null).OfType<string>()
            .Select(fault => $"{name} at {width}: {fault}")];
    }

    private async Task SeedAsync()
    {
        await Org.Test.CreatePublishedEventAsync("Harbour Jazz Night");
        var jazz = (await Org.Test.GetAsync("/api/v1/events")).Json!["data"]![0]!["id"]!;
        var types = await Org.Test.GetAsync($"/api/v1/events/{jazz}/ticket-types");
        await Org.Test.PostAsync("/api/v1/test-helpers/orders", new
        {
            event_id = (string)jazz!,
            buyer_name = "Ada Lovelace",
            buyer_email = "ada@example.com",
            items = new[] { new { ticket_type_id = (string)types.Json!["data"]![0]!["id"]!, quantity = 2 } },
        });
        await Org.Live.CreateEventAsync("Spring Pottery Workshop");
        await Org.Live.GetAsync("/api/v1/events?limit=1000");
        await Org.Live.PostAsync(
            "/api/v1/webhooks", new { url = "https://example.com/hook", events = new[] { "order.created" } });
        var hook = (await Org.Live.GetAsync("/api/v1/webhooks")).Json!["data"]![0]!["id"];
        await Org.Live.SendAsync(
            HttpMethod.Post, $"/api/v1/webhooks/{hook}/ping", null, ("X-Request-Id", "ping-1"));
        await Poll.UntilAsync(
            async () => (await Host.QuerySqlAsync<long>(
                "SELECT count(*) FROM api_requests WHERE api_key_id = $1", Org.Live.KeyId))[0] > 2);
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PathsAsync()
    {
        var (developer, hook) = ($"{Live}/settings/developer", (string)(await Org.Live.GetAsync("/api/v1/webhooks"))
            .Json!["data"]![0]!["id"]!);
        var delivery = (await Org.Live.GetAsync($"/api/v1/webhooks/{hook}/deliveries")).Json!["data"]![0]!["id"];
        var sale = (await Org.Test.GetAsync("/api/v1/events")).Json!["data"]![0]!["id"];
        var type = (await Org.Test.GetAsync($"/api/v1/events/{sale}/ticket-types")).Json!["data"]![0]!["id"];
        var order = (await Org.Test.GetAsync("/api/v1/orders")).Json!["data"]![0]!["id"];
        var show = $"{Test}/events/{sale}";
        var request = (await Host.QuerySqlAsync<string>(
            "SELECT request_id FROM webhook_events WHERE order_id = $1", Guid.Parse((string)order!)))[0];
        return
        [
            ("overview", Live), ("overview-test", Test), ("events", $"{Test}/events"), ("orders", $"{Test}/orders"),
            ("event", show), ("event-new", $"{Test}/events/new"), ("event-edit", $"{show}/edit"),
            ("ticket-type-new", $"{show}/ticket-types/new"), ("ticket-type", $"{show}/ticket-types/{type}"),
            ("order", $"{Test}/orders/{order}"), ("door", $"{show}/door"),
            ("door-search", $"{show}/door?search=true"), ("request", $"{Test}/requests/{request}"),
            ("request-ping", $"{Live}/requests/ping-1"),
            ("attendees", $"{Test}/attendees"), ("api-keys", Keys), ("api-keys-new", $"{Keys}/new"),
            ("api-key", $"{Keys}/{Org.Live.KeyId}"), ("activity", $"{developer}/activity"),
            ("webhooks", $"{developer}/webhooks"), ("webhook-new", $"{developer}/webhooks/new"),
            ("webhook", $"{developer}/webhooks/{hook}"),
            ("delivery", $"{developer}/webhooks/{hook}/deliveries/{delivery}"),
            ("reset", $"{Test}/settings/developer/api-keys/reset-test-data"), ("account", "/dashboard/account"),
            ("organization", $"{Live}/settings/organization"), ("team", $"{Live}/settings/team"),
            ("team-member", $"{Live}/settings/team/{await AnotherMemberAsync()}"),
            ("payments", $"{Live}/settings/payments"), ("payments-test", $"{Test}/settings/payments"),
            ("security-log", $"{Live}/settings/security-log"), ("verify", "/dashboard/account/verify"),
            ("authenticator", "/dashboard/account/authenticator"), ("passkeys", "/dashboard/account/passkeys"),
            ("invitation-ended", "/dashboard/invitation?token=x"),
            ("organizations", "/dashboard?switch=1"), ("sign-up", "/dashboard/sign-up"),
            ("forgot-password", "/dashboard/forgot-password"), ("confirm", "/dashboard/confirm?user=x&token=y"),
            ("reset-password", "/dashboard/reset-password?user=x&token=y"),
        ];
    }

    private async Task<Guid> AnotherMemberAsync()
    {
        var email = await AddMemberAsync(Role.EventManager);
        return (await Host.QuerySqlAsync<Guid>("SELECT id FROM users WHERE email = $1", email))[0];
    }

    private async Task<IPage> OpenAsync(Role role, BrowserNewContextOptions? options = null)
    {
        var page = await browser.OpenAsync(options);
        await page.GotoAsync($"{Host.Address}dashboard");
        await page.GetByLabel("Email").FillAsync(await AddMemberAsync(role));
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        return page;
    }

    private Task<ApiResponse> CallAsync(string key) => ApiResponse.SendAsync(
        Host.Http, HttpMethod.Get, "/api/v1/events", key, body: null);
}
