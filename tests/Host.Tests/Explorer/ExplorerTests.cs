using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Equaticket.Testing.Webhooks;
using Microsoft.Playwright;

namespace Equaticket.Host.Tests.Explorer;

/// <summary>The page at <c>/graphql</c>, in a real browser.</summary>
[Trait("Category", "Heavy")]
public sealed class ExplorerTests(Browser browser) : ApiTest, IClassFixture<Browser>
{
    private static readonly string Screenshots = Repository.File("artifacts/screenshots");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_runs_a_query_shows_docs_and_loads_nothing_external(ColorScheme scheme)
    {
        var (page, requests, faults) = await OpenAsync(scheme);
        await page.GetByLabel("API key").FillAsync(Org.Test.Secret);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Execute query") }).ClickAsync();
        await Assertions.Expect(page.Locator(".graphiql-response")).ToContainTextAsync(Org.Slug);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show Documentation Explorer" }).ClickAsync();
        await Assertions.Expect(page.Locator(".graphiql-doc-explorer")).ToContainTextAsync("Every REST route");
        await page.ScreenshotAsync(new() { Path = Path.Join(Screenshots, $"explorer-{scheme}.png") });
        Assert.All(requests, url => Assert.StartsWith(Host.Address.AbsoluteUri, url, StringComparison.Ordinal));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_query_in_the_URL_is_opened_and_can_be_formatted()
    {
        var (page, _, faults) = await OpenAsync(
            ColorScheme.Light, $"?query={Uri.EscapeDataString("{viewer{mode}}")}");
        var lines = page.Locator(".graphiql-query-editor .view-line");
        await Assertions.Expect(lines).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Prettify") }).ClickAsync();
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("viewer");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task It_runs_a_subscription()
    {
        var (eventId, typeId) = await Org.Live.CreateFreeEventAsync();
        var (page, _, faults) = await OpenAsync(
            ColorScheme.Light,
            $"?query={Uri.EscapeDataString($"subscription {{ eventSales(eventId: \"{eventId}\") {{ ticketsSold }} }}")}");
        await page.GetByLabel("API key").FillAsync(Org.Live.Secret);
        var begun = page.WaitForResponseAsync(
            response => response.Headers["content-type"].StartsWith("text/event-stream", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Execute query") }).ClickAsync();
        await begun;
        await Host.BuyAsync(eventId, typeId);
        await Assertions.Expect(page.Locator(".graphiql-response")).ToContainTextAsync("\"ticketsSold\": 1");
        await Host.BuyAsync(eventId, typeId);
        await Assertions.Expect(page.Locator(".graphiql-response")).ToContainTextAsync("\"ticketsSold\": 2");
        await page.ScreenshotAsync(new() { Path = Path.Join(Screenshots, "explorer-subscription.png") });
        Assert.Empty(faults);
    }

    [Fact]
    public async Task It_shows_immediately_why_a_subscription_is_refused()
    {
        var (page, requests, _) = await OpenAsync(
            ColorScheme.Light,
            $"?query={Uri.EscapeDataString($"subscription {{ eventSales(eventId: \"{Guid.Empty}\") {{ ticketsSold }} }}")}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Execute query") }).ClickAsync();
        await Assertions.Expect(page.Locator(".graphiql-response")).ToContainTextAsync("\"unauthorized\"");
        await page.GetByLabel("API key").FillAsync(Org.Test.Secret);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Execute query") }).ClickAsync();
        await Assertions.Expect(page.Locator(".graphiql-response")).ToContainTextAsync("\"not_found\"");
        // One request for the schema, and one for each attempt.
        Assert.Equal(3, requests.Count(url => url.EndsWith("/graphql", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_key_is_stored_only_for_the_session_of_the_tab()
    {
        var (page, _, _) = await OpenAsync(ColorScheme.Light);
        Assert.Equal("", await page.GetByLabel("API key").InputValueAsync());
        await page.GetByLabel("API key").FillAsync(Org.Test.Secret);
        var (session, local) = (
            await page.EvaluateAsync<string>("JSON.stringify(sessionStorage)"),
            await page.EvaluateAsync<string>("JSON.stringify(localStorage)"));
        Assert.Contains(Org.Test.Secret, session, StringComparison.Ordinal);
        Assert.DoesNotContain(Org.Test.Secret, local, StringComparison.Ordinal);
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task Only_browsers_get_the_page()
    {
        var page = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Get, "/graphql", key: null, body: null,
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        var tool = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Get, "/graphql", key: null, body: null, ("Accept", "*/*"));
        Assert.Equal((400, "application/json; charset=utf-8"), (tool.Status, tool.ContentType));
    }

    [Theory]
    [InlineData("explorer.js", "text/javascript; charset=utf-8")]
    [InlineData("explorer.css", "text/css; charset=utf-8")]
    [InlineData("LICENSES.txt", "text/plain; charset=utf-8")]
    public async Task Its_files_are_revalidated_by_their_ETag(string name, string type)
    {
        var path = $"/graphql/explorer/{name}";
        var plain = await SendAsync(path);
        Assert.Equal((200, type, null), (plain.Status, plain.ContentType, plain.Header("Content-Encoding")));
        var packed = await SendAsync(path, ("Accept-Encoding", "gzip"));
        Assert.Equal("gzip", packed.Header("Content-Encoding"));
        Assert.NotEqual(plain.Header("ETag"), packed.Header("ETag"));
        var again = await SendAsync(path, ("If-None-Match", plain.Header("ETag")!));
        Assert.Equal(304, again.Status);
    }

    [Fact]
    public void The_bundle_matches_its_sources()
    {
        string[] sources = ["build.mjs", "examples.js", "explorer.css", "explorer.jsx", "package-lock.json"];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
            hash.AppendData(File.ReadAllBytes(Repository.File($"src/Host/Explorer/web/{source}")));
        Assert.True(
            Convert.ToHexStringLower(hash.GetHashAndReset())
                == File.ReadAllText(Repository.File("src/Host/Explorer/assets/sources.sha256")).Trim(),
            "The bundle is out of date. In src/Host/Explorer/web: npm ci && npm run build");
    }

    private Task<ApiResponse> SendAsync(string path, params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key: null, body: null, headers);

    private async Task<(IPage Page, List<string> Requests, List<string> Faults)> OpenAsync(
        ColorScheme scheme, string query = "")
    {
        var page = await browser.OpenAsync(new() { ColorScheme = scheme });
        var (requests, faults) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };
        await page.GotoAsync(new Uri(Host.Address, $"/graphql{query}").AbsoluteUri);
        return (page, requests, faults);
    }
}
