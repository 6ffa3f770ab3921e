using Equaticket.Persistence.Team;
using Microsoft.Extensions.Configuration;

namespace Equaticket.Schema.Tests.OverHttp;

/// <summary>What web pages of other sites can and cannot do.</summary>
public sealed class CrossSiteTests : ApiTest
{
    private const string Preflight = "GraphQL-Require-Preflight";

    private static readonly object Query = new { query = "{ viewer { mode } }" };

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task A_form_post_is_refused_even_in_a_session(string? contentType)
    {
        var session = await Org.SignInAsync(Role.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Add(TestSessions.Header, session.Credential);
        request.Headers.Add(Preflight, "1");
        request.Content = new ByteArrayContent("""{"query":"{ __typename }"}"""u8.ToArray());
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await Host.Http.SendAsync(request);
        Assert.Equal(415, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", Preflight, "1", 200)]
    [InlineData("GET", Preflight, "1", 200)]
    [InlineData("POST", Preflight, "", 403)]
    [InlineData("GET", "X-Other", "1", 403)]
    [InlineData("POST", "X-Other", "1", 403)]
    public async Task A_session_must_send_a_header_that_other_sites_cannot(
        string method, string header, string value, int status)
    {
        var session = await Org.SignInAsync(Role.Owner);
        var isPost = method == "POST";
        var answer = await ApiResponse.SendAsync(
            Host.Http,
            new HttpMethod(method),
            isPost ? "/graphql" : $"/graphql?query={Uri.EscapeDataString("{ viewer { mode } }")}",
            key: null,
            isPost ? Query : null,
            (TestSessions.Header, session.Credential), (header, value), Asking.Accept);
        Assert.True(answer.Status == status, answer.Body);
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    public async Task A_session_is_refused_if_the_browser_reports_another_site(
        string site, int status)
    {
        var session = await Org.SignInAsync(Role.Owner);
        var answer = await session.SendAsync(
            HttpMethod.Post, "/graphql", Query, ("Sec-Fetch-Site", site));
        Assert.True(answer.Status == status, answer.Body);
    }

    [Fact]
    public async Task A_key_does_not_require_the_header()
    {
        var answer = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql", Query, ("Sec-Fetch-Site", "cross-site"));
        answer.Data();
    }

    [Fact]
    public async Task Options_lists_the_methods_and_allows_no_origin_by_default()
    {
        var answer = await PreflightAsync(Host, "https://shop.example");
        Assert.Equal(204, answer.Status);
        Assert.DoesNotContain(
            answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.Ordinal));
        var plain = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Options, "/graphql", key: null, body: null);
        Assert.Equal((204, "GET, HEAD, POST, OPTIONS"), (plain.Status, plain.Header("Allow")));
    }

    [Fact]
    public async Task A_configured_origin_may_call_with_a_key_but_never_with_credentials()
    {
        await using var host = await StartAsync("https://shop.example, https://other.example");
        var preflight = await PreflightAsync(host, "https://shop.example");
        Assert.Equal(204, preflight.Status);
        Assert.Equal("https://shop.example", preflight.Header("Access-Control-Allow-Origin"));
        Assert.Contains(
            "Authorization",
            preflight.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Null(preflight.Header("Access-Control-Allow-Credentials"));
        var refused = await ApiResponse.SendAsync(
            host.Http, HttpMethod.Post, "/graphql", "sk_live_no_such_key", Query,
            ("Origin", "https://shop.example"));
        Assert.Equal(401, refused.Status);
        Assert.Equal("https://shop.example", refused.Header("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", refused.Header("Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wildcard_allows_every_origin_without_credentials()
    {
        await using var host = await StartAsync("*");
        var preflight = await PreflightAsync(host, "https://anybody.example");
        Assert.Equal("*", preflight.Header("Access-Control-Allow-Origin"));
        Assert.Null(preflight.Header("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://shop.example")]
    [InlineData("null")]
    public async Task Another_origin_is_not_allowed(string origin)
    {
        await using var host = await StartAsync("https://shop.example");
        var preflight = await PreflightAsync(host, origin);
        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/path")]
    [InlineData("file:///x")]
    public async Task An_invalid_origin_fails_startup(string origin)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(origin));
        Assert.Contains("Cors__Origins", fault.Message, StringComparison.Ordinal);
    }

    private static Task<ApiResponse> PreflightAsync(TestHost host, string origin) =>
        ApiResponse.SendAsync(
            host.Http, HttpMethod.Options, "/graphql", key: null, body: null,
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"));

    private Task<TestHost> StartAsync(string origins) => TestHost.StartAsync(
        Host.ConnectionString,
        builder => builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Cors:Origins"] = origins }));
}
