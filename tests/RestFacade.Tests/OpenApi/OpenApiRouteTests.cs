using Equaticket.Http;
using Equaticket.RestFacade.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>The document as it is served.</summary>
public sealed class OpenApiRouteTests : ApiTest
{
    private const string Path = "/api/v1/openapi.json";

    private const string OlderPath = "/api/v1/openapi-3.0.json";

    [Fact]
    public async Task GET_serves_the_committed_file_with_this_host_as_server()
    {
        var response = await SendAsync(HttpMethod.Get);
        Assert.Equal(200, response.Status);
        Assert.Equal("application/json", response.ContentType);
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("public, max-age=300", response.Header("Cache-Control"));
        var committed = await File.ReadAllTextAsync(Repository.File("openapi.json"));
        var own = Host.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            committed.Replace($"\"{ApiDocument.PublicServer}\"", $"\"{own}\"", StringComparison.Ordinal),
            response.Body);
    }

    [Fact]
    public async Task GET_serves_version_3_0_with_the_same_operations()
    {
        var older = await ApiResponse.SendAsync(Host.Http, HttpMethod.Get, OlderPath, null, null);
        var newer = await SendAsync(HttpMethod.Get);
        Assert.StartsWith("3.0.", (string?)older.Json!["openapi"], StringComparison.Ordinal);
        Assert.StartsWith("3.1.", (string?)newer.Json!["openapi"], StringComparison.Ordinal);
        Assert.Equal(Operations(newer), Operations(older));
        Assert.Equal("*", older.Header("Access-Control-Allow-Origin"));

        static IEnumerable<string> Operations(ApiResponse document) =>
            document.Json!["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Select(operation => $"{operation.Key} {path.Key}"));
    }

    [Fact]
    public async Task GET_returns_304_while_the_client_has_the_latest()
    {
        var tag = (await SendAsync(HttpMethod.Get)).Header("ETag")!;
        var response = await SendAsync(HttpMethod.Get, ("If-None-Match", tag));
        Assert.Equal(304, response.Status);
        Assert.Equal(tag, response.Header("ETag"));
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task HEAD_sends_only_the_headers()
    {
        var response = await SendAsync(HttpMethod.Head);
        Assert.Equal(200, response.Status);
        Assert.NotNull(response.Header("ETag"));
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task OPTIONS_allows_every_web_page()
    {
        var response = await SendAsync(HttpMethod.Options);
        Assert.Equal(204, response.Status);
        Assert.Equal("GET, HEAD", response.Header("Access-Control-Allow-Methods"));
    }

    [Fact]
    public async Task Other_methods_are_405()
    {
        var response = await SendAsync(HttpMethod.Post);
        Assert.Equal(405, response.Status);
        Assert.Equal("method_not_allowed", response.ErrorCode);
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Its_server_is_the_public_URL()
    {
        await using var host = await TestHost.StartAsync(
            Host.ConnectionString,
            builder => builder.Services.AddSingleton(
                new PublicAddress("https://tickets.example", () => "http://localhost")));
        var response = await ApiResponse.SendAsync(host.Http, HttpMethod.Get, Path, null, null);
        Assert.Equal("https://tickets.example", (string?)response.Json!["servers"]![0]!["url"]);
    }

    private Task<ApiResponse> SendAsync(HttpMethod method, params (string, string)[] headers) =>
        ApiResponse.SendAsync(Host.Http, method, Path, key: null, body: null, headers);
}
