namespace Equaticket.Schema.Tests.Registry;

public sealed class SchemaEndpointTests : ApiTest
{
    private const string Path = "/graphql/schema.graphql";

    [Fact]
    public async Task The_schema_is_served_as_it_is_committed()
    {
        var answer = await GetAsync();
        Assert.Equal((200, "text/plain; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Equal(await File.ReadAllTextAsync(Repository.File("schema.graphql")), answer.Body);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_client_that_has_the_current_schema_gets_304()
    {
        var tag = (await GetAsync()).Header("ETag")!;
        foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            var answer = await GetAsync(("If-None-Match", known));
            Assert.Equal((304, "", tag), (answer.Status, answer.Body, answer.Header("ETag")));
        }

        Assert.Equal(200, (await GetAsync(("If-None-Match", "\"other\""))).Status);
    }

    [Fact]
    public async Task Another_method_is_refused()
    {
        var answer = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Post, Path, key: null, new { });
        Assert.Equal((405, "GET, HEAD"), (answer.Status, answer.Header("Allow")));
    }

    private Task<ApiResponse> GetAsync(params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, Path, key: null, body: null, headers);
}
