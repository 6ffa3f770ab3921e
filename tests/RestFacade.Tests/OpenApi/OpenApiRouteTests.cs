using Equaticket.Engine.Errors;
using Equaticket.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>The document as it is served.</summary>
public sealed class OpenApiRouteTests : ApiTest
{
    private const string Path = "/api/v1/openapi.json";

    [Fact]
    public async Task GET_serves_the_committed_file_to_everybody()
    {
        var response = await SendAsync(HttpMethod.Get);
        Assert.Equal(200, response.Status);
        Assert.Equal("application/json", response.ContentType);
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("public, max-age=300", response.Header("Cache-Control"));
        Assert.Equal(await File.ReadAllTextAsync(Repository.File("openapi.json")), response.Body);
    }

    [Fact]
    public async Task GET_is_304_while_the_reader_has_the_newest()
    {
        var tag = (await SendAsync(HttpMethod.Get)).Header("ETag")!;
        var response = await SendAsync(HttpMethod.Get, ("If-None-Match", tag));
        Assert.Equal(304, response.Status);
        Assert.Equal(tag, response.Header("ETag"));
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task HEAD_sends_the_headers_alone()
    {
        var response = await SendAsync(HttpMethod.Head);
        Assert.Equal(200, response.Status);
        Assert.NotNull(response.Header("ETag"));
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task OPTIONS_lets_every_web_page_in()
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
    }

    [Fact]
    public async Task Its_server_is_the_public_address()
    {
        await using var host = await TestHost.StartAsync(
            Host.ConnectionString,
            builder => builder.Services.AddSingleton(
                new PublicAddress("https://tickets.example", "http://localhost")));
        var response = await ApiResponse.SendAsync(host.Http, HttpMethod.Get, Path, null, null);
        Assert.Equal("https://tickets.example", (string?)response.Json!["servers"]![0]!["url"]);
    }

    private Task<ApiResponse> SendAsync(HttpMethod method, params (string, string)[] headers) =>
        ApiResponse.SendAsync(Host.Http, method, Path, key: null, body: null, headers);
}
