using System.Text.RegularExpressions;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>The API reference pages, which must work without internet access.</summary>
public sealed partial class ApiPagesTests : ApiTest
{
    [Fact]
    public async Task The_page_shows_the_served_document()
    {
        var page = await GetAsync("/docs/");
        Assert.Equal(200, page.Status);
        Assert.StartsWith("text/html", page.ContentType, StringComparison.Ordinal);
        Assert.Contains("api/v1/openapi.json", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_loads_only_files_from_this_host()
    {
        var page = await GetAsync("/docs/");
        var loaded = Loaded().Matches(page.Body)
            .Select(match => match.Groups["address"].Value)
            .Where(address => !address.StartsWith("data:", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(loaded);
        foreach (var address in loaded)
        {
            var target = new Uri(new Uri(Host.Address, "/docs/"), address);
            Assert.Equal(Host.Address.Authority, target.Authority);
            Assert.Equal(200, (await GetAsync(target.PathAndQuery)).Status);
        }
    }

    [Fact]
    public async Task Browsers_are_instructed_to_refuse_external_content()
    {
        var page = await GetAsync("/docs/");
        var policy = page.Header("Content-Security-Policy")!;
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(page.Body), script =>
            Assert.Contains("nonce=", script.Value, StringComparison.Ordinal));
    }

    private Task<ApiResponse> GetAsync(string path) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key: null, body: null);

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Loaded();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();
}
