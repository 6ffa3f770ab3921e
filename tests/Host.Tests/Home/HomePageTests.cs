using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Equaticket.Host.Tests.Home;

/// <summary><c>GET /</c>, for people and for programs.</summary>
[Trait("Category", "Tools")]
public sealed partial class HomePageTests(Browser browser) : ApiTest, IClassFixture<Browser>
{
    private const string BrowserAccepts =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

    private static readonly string Screenshots = Repository.File("artifacts/screenshots");

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task A_browser_shows_a_page_that_fits_and_loads_nothing_external(ColorScheme scheme, int width)
    {
        var page = await browser.Chromium.NewPageAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        List<string> requests = [], faults = [];
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => faults.Add(message.Text);
        await page.GotoAsync(Host.Address.AbsoluteUri);
        await Assertions.Expect(page.GetByRole(AriaRole.Link)).ToHaveCountAsync(5);
        await page.ScreenshotAsync(new()
        {
            Path = Path.Join(Screenshots, $"home-{scheme}-{width}.png"),
            FullPage = true,
        });
        Assert.True(await page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.Equal(
            scheme == ColorScheme.Dark ? "rgb(22, 21, 19)" : "rgb(246, 245, 241)",
            await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.All(requests, url => Assert.StartsWith(Host.Address.AbsoluteUri, url, StringComparison.Ordinal));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_link_leads_somewhere()
    {
        var page = await GetAsync("/", BrowserAccepts);
        var links = Links().Matches(page.Body).Select(link => link.Groups["path"].Value).ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "/docs/", "/graphql", "/api/v1/openapi.json", "/graphql/schema.graphql", "/healthz",
            },
            links.ToHashSet());
        foreach (var link in links)
            Assert.Equal(200, (await GetAsync(link, BrowserAccepts)).Status);
    }

    [Fact]
    public async Task The_page_allows_no_script_and_no_inline_style()
    {
        var page = await GetAsync("/", BrowserAccepts);
        Assert.StartsWith("text/html", page.ContentType, StringComparison.Ordinal);
        var policy = page.Header("Content-Security-Policy")!;
        Assert.StartsWith("default-src 'none'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=", page.Body);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal("Accept", page.Header("Vary"));
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task A_program_gets_the_links_as_JSON(string accept)
    {
        var answer = await GetAsync("/", accept);
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal("/api/v1/openapi.json", (string?)answer.Json!["openapi"]);
        foreach (var (_, link) in answer.Json.AsObject())
            Assert.Equal(200, (await GetAsync((string)link!, BrowserAccepts)).Status);
    }

    [Fact]
    public async Task It_is_for_reading()
    {
        var post = await ApiResponse.SendAsync(Host.Http, HttpMethod.Post, "/", key: null, body: null);
        Assert.Equal((405, "method_not_allowed"), (post.Status, post.ErrorCode));
        Assert.Equal("GET, HEAD", post.Header("Allow"));
        var head = await ApiResponse.SendAsync(Host.Http, HttpMethod.Head, "/", key: null, body: null);
        Assert.Equal((200, ""), (head.Status, head.Body));
    }

    private Task<ApiResponse> GetAsync(string path, string accept) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key: null, body: null, ("Accept", accept));

    [GeneratedRegex("<a[^>]* href=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();
}
