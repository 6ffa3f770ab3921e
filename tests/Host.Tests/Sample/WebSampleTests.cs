using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;

namespace Equaticket.Host.Tests.Sample;

/// <summary>The sample <c>samples/web</c>, with a real host and a real browser.</summary>
[Trait("Category", "Heavy")]
public sealed class WebSampleTests(WebSample sample, Browser browser)
    : ApiTest, IClassFixture<WebSample>, IClassFixture<Browser>
{
    private const int PhoneWidth = 390;

    private static readonly string Screenshots = Repository.File("artifacts/screenshots");

    [Fact]
    public void It_is_generated_from_the_schema_and_built_with_strict_types() =>
        Assert.True(sample.Build.Code == 0, sample.Build.Output);

    [Fact]
    public void Browsers_receive_no_key()
    {
        var files = Directory.GetFiles(
            Path.Join(WebSample.Folder, "dist"), "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".js", StringComparison.Ordinal));
        Assert.All(
            files,
            file => Assert.DoesNotContain("sk_", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_trusts_only_its_operations_runs_the_page()
    {
        await using var host = await TestHost.StartAsync(
            Host.ConnectionString,
            builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["GraphQL:Manifest"] = Path.Join(WebSample.Folder, "src/generated"),
                ["GraphQL:TrustedOnly"] = "true",
            }));
        await using var server = await WebSampleServer.StartAsync(host.Address, Org.Test.Secret);
        var (page, requests, faults) = await OpenAsync(server, "/orders");
        await ScrollToEndAsync(page, "There are no orders.");
        AssertAsksNobodyElse(server, requests, faults);
    }

    [Fact]
    public async Task Orders_scrolls_through_all_orders_in_order()
    {
        var numbers = await Org.PlaceOrdersAsync();
        await using var server = await WebSampleServer.StartAsync(Host.Address, Org.Test.Secret);
        var (page, requests, faults) = await OpenAsync(server, "/orders");
        var rows = page.Locator("tbody tr");
        await Assertions.Expect(rows.First).ToBeVisibleAsync();
        await InspectAsync(page, "orders");
        await ScrollToEndAsync(page, $"All {WebSampleSeed.Orders} orders are shown.");
        Assert.Equal(numbers, await page.Locator("tbody th").AllTextContentsAsync());
        foreach (var (n, venue) in WebSampleSeed.Venues.Index())
            await Assertions.Expect(rows.Nth(n).Locator(".amount")).ToHaveTextAsync(venue.Price);
        AssertAsksNobodyElse(server, requests, faults);
    }

    [Fact]
    public async Task Events_shows_published_live_events()
    {
        var titles = await Org.PublishEventsAsync();
        await Org.Live.CreateEventAsync("A draft");
        await Org.Test.CreatePublishedEventAsync("A test");
        await using var server = await WebSampleServer.StartAsync(Host.Address, Org.Test.Secret);
        var (page, requests, faults) = await OpenAsync(server, $"/?org={Org.Slug}");
        await ScrollToEndAsync(page, $"All {WebSampleSeed.Events} events are shown.");
        Assert.Equal(titles, await page.Locator("h2").AllTextContentsAsync());
        await Assertions.Expect(page.Locator("article").First).ToContainTextAsync("1:00 – 4:00 PM CDT");
        await page.EvaluateAsync("scrollTo(0, 0)");
        await InspectAsync(page, "events");
        AssertAsksNobodyElse(server, requests, faults);
    }

    [Fact]
    public async Task A_refusal_is_shown_with_the_id_of_the_request()
    {
        await using var server = await WebSampleServer.StartAsync(Host.Address, Org.Test.Secret);
        var (page, _, _) = await OpenAsync(server, "/?org=nobody");
        var again = page.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await Assertions.Expect(again).ToBeVisibleAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => again.PressAsync("Enter"),
            response => response.Url.EndsWith("/graphql", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync(answer.Headers["x-request-id"]);
        await InspectAsync(page, "refusal");
    }

    [Fact]
    public async Task Its_server_refuses_unknown_operations()
    {
        await using var server = await WebSampleServer.StartAsync(Host.Address, Org.Test.Secret);
        var text = await AskAsync(server, new { query = "{ viewer { mode } }" });
        var hash = await AskAsync(server, new { documentId = $"sha256:{new string('0', 64)}" });
        var member = await AskAsync(server, new { documentId = "__proto__" });
        Assert.All([text, hash, member], answer => Assert.Equal(403, answer.Status));
        Assert.DoesNotContain(Org.Slug, text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_server_refuses_other_hosts_types_paths_and_keys()
    {
        await using var server = await WebSampleServer.StartAsync(Host.Address, Org.Test.Secret);
        Assert.Equal(403, (await AskAsync(server, new { }, ("Host", "evil.example"))).Status);
        Assert.Equal(415, (await AskAsync(server, new { }, ("Content-Type", "text/plain"))).Status);
        Assert.Equal(413, (await AskAsync(server, new string(' ', 20_000))).Status);
        Assert.Equal(400, (await AskAsync(server, "{")).Status);
        foreach (var path in new[] { "//", "/../server.mjs", "/%2e%2e/server.mjs" })
        {
            var file = await ApiResponse.SendAsync(server.Http, HttpMethod.Get, path, key: null, body: null);
            Assert.Equal(404, file.Status);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => WebSampleServer.StartAsync(Host.Address, Org.Live.Secret));
    }

    private static Task<ApiResponse> AskAsync(
        WebSampleServer server, object body, params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(server.Http, HttpMethod.Post, "/graphql", key: null, body, headers);

    private static async Task ScrollToEndAsync(IPage page, string message)
    {
        var status = page.GetByRole(AriaRole.Status);
        for (var step = 0; step < 200 && await status.TextContentAsync() != message; step++)
        {
            await page.Mouse.WheelAsync(0, 1_500);
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }

        await Assertions.Expect(status).ToHaveTextAsync(message);
    }

    /// <summary>Checks accessibility in light and dark mode, and at the width of a phone.</summary>
    private static async Task InspectAsync(IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Path.Join(Screenshots, $"web-{name}-{scheme}.png") });
            var faults = (await page.RunAxe()).Violations
                .Select(fault => $"{fault.Id}: {string.Join('\n', fault.Nodes.Select(node => node.Html))}");
            Assert.Empty(faults);
        }

        await page.SetViewportSizeAsync(PhoneWidth, 800);
        await page.ScreenshotAsync(new() { Path = Path.Join(Screenshots, $"web-{name}-phone.png") });
        Assert.Equal(PhoneWidth, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.SetViewportSizeAsync(1280, 720);
    }

    private static void AssertAsksNobodyElse(
        WebSampleServer server, List<string> requests, List<string> faults)
    {
        var address = server.Http.BaseAddress!.AbsoluteUri;
        Assert.All(requests, url => Assert.StartsWith(address, url, StringComparison.Ordinal));
        Assert.Empty(faults);
    }

    private async Task<(IPage Page, List<string> Requests, List<string> Faults)> OpenAsync(
        WebSampleServer server, string path)
    {
        var page = await browser.OpenAsync(new() { Locale = "en-US" });
        var (requests, faults) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };
        await page.GotoAsync(new Uri(server.Http.BaseAddress!, path).AbsoluteUri);
        return (page, requests, faults);
    }
}
