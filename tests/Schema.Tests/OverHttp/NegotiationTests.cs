using System.IO.Compression;
using System.Text;
using Equaticket.Engine.Input;

namespace Equaticket.Schema.Tests.OverHttp;

public sealed class NegotiationTests : ApiTest
{
    private const string Json = "application/json; charset=utf-8";
    private const string GraphQLJson = "application/graphql-response+json; charset=utf-8";

    private const string Long = "{ __schema { types { name description } } }";

    [Theory]
    [InlineData("application/json", Json)]
    [InlineData("application/graphql-response+json", GraphQLJson)]
    [InlineData("application/graphql-response+json, application/json;q=0.9", GraphQLJson)]
    [InlineData("application/graphql-response+json;q=0.5, application/json", Json)]
    [InlineData("application/graphql-response+json;q=0, application/json;q=0.1", Json)]
    [InlineData("APPLICATION/GraphQL-Response+JSON", GraphQLJson)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData("image/png", Json)]
    [InlineData(",;q=", Json)]
    public async Task The_response_has_the_accepted_media_type(string accept, string type)
    {
        var answer = await AskAsync("{ __typename }", ("Accept", accept));
        Assert.Equal((200, type), (answer.Status, answer.ContentType));
        Assert.Contains("Accept", answer.Header("Vary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nonsense", 200, 400)]
    [InlineData("{ nonsense }", 200, 400)]
    [InlineData("query ($a: Int!) { __typename }", 200, 400)]
    [InlineData("query A { __typename } query B { __typename }", 400, 400)]
    [InlineData("{ apiKeys { totalCount } }", 403, 403)]
    [InlineData("{ event(id: \"x\") { id } }", 200, 200)]
    public async Task The_status_depends_on_the_accepted_media_type(string query, int json, int graphQLJson)
    {
        Assert.Equal(json, (await AskAsync(query, ("Accept", "application/json"))).Status);
        Assert.Equal(graphQLJson, (await AskAsync(query, Asking.Accept)).Status);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task A_long_response_is_compressed(string accepted, string encoding)
    {
        using var answer = await SendAsync(Long, accepted);
        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        await using var packed = await answer.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "br"
            ? new BrotliStream(packed, CompressionMode.Decompress)
            : new GZipStream(packed, CompressionMode.Decompress);
        using var text = new StreamReader(unpacked);
        var plain = await AskAsync(Long);
        Assert.Equal(plain.Json!["data"]!.ToJsonString(), System.Text.Json.Nodes.JsonNode.Parse(
            await text.ReadToEndAsync())!["data"]!.ToJsonString());
        Assert.True(answer.Content.Headers.ContentLength < Encoding.UTF8.GetByteCount(plain.Body) / 2);
    }

    [Theory]
    [InlineData("{ __typename }", "br, gzip")]
    [InlineData(Long, "identity")]
    [InlineData(Long, "br;q=0, gzip;q=0")]
    [InlineData(Long, "zstd")]
    public async Task Short_responses_and_responses_to_plain_clients_are_not_compressed(string query, string accepted)
    {
        using var answer = await SendAsync(query, accepted);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task The_response_to_a_mutation_is_never_compressed()
    {
        var description = new string('a', 5_000);
        var query = $$"""
            mutation { createEvent(input: { title: "T", timezone: "UTC", currency: "usd",
              startsAt: "2099-01-01T00:00:00Z", description: "{{description}}" }) { description } }
            """;
        using var answer = await SendAsync(query, "br, gzip");
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Contains(description, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<ApiResponse> AskAsync(string query, params (string Name, string Value)[] headers) =>
        Org.Test.SendAsync(HttpMethod.Post, "/graphql", new { query }, headers);

    private async Task<HttpResponseMessage> SendAsync(string query, string acceptedEncodings)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Add("Authorization", $"Bearer {Org.Test.Secret}");
        request.Headers.Add("Accept-Encoding", acceptedEncodings);
        request.Content = System.Net.Http.Json.JsonContent.Create(new { query });
        return await Host.Http.SendAsync(request);
    }
}
