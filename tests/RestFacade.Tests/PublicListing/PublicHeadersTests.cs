namespace Equaticket.RestFacade.Tests.PublicListing;

public sealed class PublicHeadersTests : ApiTest
{
    private const string Path = "/api/v1/public/events";
    private const string Origin = "Access-Control-Allow-Origin";

    [Fact]
    public async Task Every_web_page_may_read_the_listing_and_its_errors()
    {
        await Org.Live.CreatePublishedEventAsync("Open");
        foreach (var rest in new[]
        {
            $"?org_slug={Org.Slug}", $"/open?org_slug={Org.Slug}", "?org_slug=nobody", "",
        })
        {
            var response = await SendAsync("GET", rest);
            Assert.Equal("*", response.Header(Origin));
            Assert.Contains(
                "X-Request-Id", response.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_a_listing_may_be_cached_for_15_seconds()
    {
        Assert.Equal(
            "public, max-age=15", (await SendAsync("GET", $"?org_slug={Org.Slug}")).Header("Cache-Control"));
        Assert.Null((await SendAsync("GET", "?org_slug=nobody")).Header("Cache-Control"));
        Assert.Null((await Org.Live.GetAsync("/api/v1/events")).Header("Cache-Control"));
    }

    [Theory]
    [InlineData("?org_slug=any")]
    [InlineData("/any?org_slug=any")]
    public async Task A_preflight_gets_a_response(string rest)
    {
        var response = await SendAsync(
            "OPTIONS", rest, ("Origin", "https://example.com"), ("Access-Control-Request-Method", "GET"));
        response.AssertStatus(204);
        Assert.Equal("*", response.Header(Origin));
        Assert.Equal("GET, HEAD", response.Header("Access-Control-Allow-Methods"));
        Assert.NotNull(response.Header("Access-Control-Max-Age"));
        Assert.NotNull(response.Header("X-Request-Id"));
    }

    [Theory]
    [InlineData("?org_slug=any")]
    [InlineData("/any?org_slug=any")]
    [InlineData("/any/thing/else")]
    [InlineData("s/misspelt")]
    public async Task A_preflight_may_request_any_header(string rest)
    {
        var response = await SendAsync(
            "OPTIONS",
            rest,
            ("Origin", "https://example.com"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization,x-anything"));
        response.AssertStatus(204);
        var allowed = response.Header("Access-Control-Allow-Headers")!.Split(", ");
        // The wildcard covers every header but Authorization (Fetch standard, 4.8).
        Assert.Equal(["*", "Authorization"], allowed);
    }

    [Theory]
    [InlineData("GET", "/any/thing/else", "not_found")]
    [InlineData("GET", "s/misspelt", "not_found")]
    [InlineData("HEAD", "/any/thing/else", null)]
    [InlineData("POST", "", "method_not_allowed")]
    [InlineData("DELETE", "/any", "method_not_allowed")]
    [InlineData("OPTIONS", "/any/thing/else", "not_found")]
    public async Task Every_web_page_may_read_why_a_path_or_method_is_refused(
        string method, string rest, string? code)
    {
        var response = await SendAsync(method, rest, ("Origin", "https://example.com"));
        Assert.Equal("*", response.Header(Origin));
        Assert.Equal(code, response.ErrorCode);
        Assert.Contains(
            "X-Request-Id", response.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_paths_that_do_not_exist_are_closed_to_other_web_pages()
    {
        foreach (var path in new[] { "/api/v1/publicity", "/api/v1/nothing", "/nothing" })
        {
            var response = await ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, null, null);
            Assert.Equal(404, response.Status);
            Assert.Null(response.Header(Origin));
        }
    }

    [Fact]
    public async Task Routes_that_take_keys_are_closed_to_other_web_pages()
    {
        Assert.Null((await Org.Live.GetAsync("/api/v1/events")).Header(Origin));
        var preflight = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Options, "/api/v1/events", key: null, body: null);
        preflight.AssertRefused("method_not_allowed");
        Assert.Null(preflight.Header(Origin));
    }

    [Fact]
    public async Task Other_methods_are_refused_with_the_allowed_ones()
    {
        var response = await SendAsync("POST", "");
        response.AssertRefused("method_not_allowed");
        Assert.Equal("GET, HEAD, OPTIONS", response.Header("Allow"));
    }

    private Task<ApiResponse> SendAsync(
        string method, string rest, params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(
            Host.Http, new HttpMethod(method), Path + rest, key: null, body: null, headers);
}
