using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Equaticket.Schema.Tests.Documents;

public sealed class TrustedDocumentTests : ApiTest
{
    private const string Query = "query Mode { viewer { mode } }";
    private const string Other = "query Plan { viewer { plan } }";
    private const string NotFound = "PersistedQueryNotFound";

    private readonly string _folder = Directory.CreateTempSubdirectory("manifest-").FullName;

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_automatic_persisted_query_is_stored_and_found_again()
    {
        var query = $"query Of_{Org.Slug.Replace('-', '_')} {{ viewer {{ mode }} }}";
        var first = await SendAsync(Org.Test, new { extensions = Persisted(query) });
        first.AssertRefused(400, "PERSISTED_QUERY_NOT_FOUND");
        Assert.Equal(NotFound, first.Json!["errors"]![0]!["message"].Text());
        (await SendAsync(Org.Test, new { query, extensions = Persisted(query) })).Data();
        var again = await SendAsync(Org.Test, new { extensions = Persisted(query) });
        Assert.Equal("TEST", again.Data()["viewer"]!["mode"].Text());
        var extensions = Uri.EscapeDataString(JsonSerializer.Serialize(Persisted(query)));
        (await Org.Test.GetAsync($"/graphql?extensions={extensions}")).Data();
    }

    [Fact]
    public async Task An_empty_text_beside_a_hash_counts_as_absent()
    {
        (await SendAsync(Org.Test, new { query = Query, extensions = Persisted(Query) })).Data();
        (await SendAsync(Org.Test, new { query = "", extensions = Persisted(Query) })).Data();
        (await SendAsync(Org.Test, new { query = "", documentId = Hash(Query) })).Data();
        Assert.Equal(400, (await SendAsync(Org.Test, new { query = "" })).Status);
    }

    [Fact]
    public async Task An_unknown_hash_is_200_for_clients_of_plain_json()
    {
        var answer = await Org.Test.PostAsync("/graphql", new { extensions = Persisted(Other) });
        answer.AssertRefused(200, "PERSISTED_QUERY_NOT_FOUND");
    }

    [Fact]
    public async Task A_document_that_is_refused_is_not_stored()
    {
        const string query = "{ nonsense }";
        var first = await SendAsync(Org.Test, new { query, extensions = Persisted(query) });
        first.AssertRefused(400, "validation_error");
        var again = await SendAsync(Org.Test, new { extensions = Persisted(query) });
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", again.ErrorCode);
    }

    [Fact]
    public async Task A_hash_of_another_text_is_refused()
    {
        var automatic = await SendAsync(Org.Test, new { query = Query, extensions = Persisted(Other) });
        automatic.AssertRefused(400, "validation_error");
        Assert.Equal("extensions.persistedQuery.sha256Hash", automatic.Param);
        var named = await SendAsync(Org.Test, new { query = Query, documentId = Hash(Other) });
        named.AssertRefused(400, "validation_error");
        Assert.Equal("documentId", named.Param);
    }

    [Theory]
    [InlineData("""{"documentId":"abc"}""", "documentId")]
    [InlineData("""{"documentId":5}""", "documentId")]
    [InlineData("""{"documentId":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}""", "documentId")]
    [InlineData("""{"extensions":{"persistedQuery":1}}""", "extensions.persistedQuery")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"00"}}}""", "extensions.persistedQuery")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1}}}""", "extensions.persistedQuery.sha256Hash")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"xyz"}}}""", "extensions.persistedQuery.sha256Hash")]
    public async Task An_invalid_name_is_refused(string body, string param)
    {
        var answer = await Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, Asking.Accept);
        answer.AssertRefused(400, "validation_error");
        Assert.Equal(param, answer.Param);
    }

    [Fact]
    public async Task Documents_of_the_manifest_are_known_from_startup_in_all_formats()
    {
        const string third = "query Slug { viewer { organization { slug } } }";
        const string fourth = "query Name { viewer { organization { name } } }";
        Write("mode.graphql", Query);
        Write("apollo.json", JsonSerializer.Serialize(new
        {
            format = "apollo-persisted-query-manifest",
            version = 1,
            operations = new[] { new { id = Hash(Other), name = "Plan", type = "query", body = Other } },
        }));
        Write("nested/codegen.json", JsonSerializer.Serialize(
            new Dictionary<string, string> { [Hash(third)] = third, [$"sha256:{Hash(fourth)}"] = fourth }));
        await using var host = await StartAsync(trustedOnly: false);
        var key = Org.Test.On(host);
        foreach (var text in new[] { Query, Other, third, fourth })
        {
            (await SendAsync(key, new { documentId = Hash(text) })).Data();
            (await SendAsync(key, new { documentId = $"sha256:{Hash(text)}" })).Data();
            (await SendAsync(key, new { extensions = Persisted(text) })).Data();
            (await Org.Test.On(host).GetAsync($"/graphql?documentId={Hash(text)}")).Data();
        }

        (await key.AskAsync("{ viewer { mode } }")).Data();
    }

    [Fact]
    public async Task If_only_the_manifest_is_trusted_other_documents_are_forbidden()
    {
        Write("mode.graphql", Query);
        await using var host = await StartAsync(trustedOnly: true);
        var key = Org.Test.On(host);
        (await SendAsync(key, new { documentId = Hash(Query) })).Data();
        (await SendAsync(key, new { query = Query })).Data();
        (await SendAsync(key, new { query = Other })).AssertRefused(403, "forbidden");
        (await SendAsync(key, new { query = "{ __typename }" })).AssertRefused(403, "forbidden");
        (await SendAsync(key, new { query = Other, extensions = Persisted(Other) }))
            .AssertRefused(403, "forbidden");
        (await SendAsync(key, new { extensions = Persisted(Other) })).AssertRefused(403, "forbidden");
        (await SendAsync(key, new { documentId = Hash(Other) })).AssertRefused(403, "forbidden");
        Assert.Equal(200, (await key.GetAsync("/api/v1/events")).Status);
        Assert.Equal(200, (await key.GetAsync("/graphql/schema.graphql")).Status);
    }

    [Theory]
    [InlineData("x.graphql", "{ nonsense }")]
    [InlineData("x.graphql", "fragment F on Query { __typename }")]
    [InlineData("x.json", "[]")]
    [InlineData("x.json", "{")]
    [InlineData("x.json", """{"abc":"{ __typename }"}""")]
    [InlineData("x.json", """{"sha256:abc":"{ __typename }"}""")]
    public async Task An_invalid_manifest_fails_startup_and_the_error_names_the_file(
        string file, string text)
    {
        Write(file, text);
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(trustedOnly: false));
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_may_name_the_document_that_was_sent_as_text()
    {
        const string mutation = """
            mutation { createEvent(input: { title: "Once", timezone: "UTC", currency: "usd",
              startsAt: "2099-01-01T00:00:00Z" }) { id } }
            """;
        (string, string) idempotency = ("Idempotency-Key", "named");
        var first = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql",
            new { query = mutation, extensions = Persisted(mutation) }, idempotency, Asking.Accept);
        var again = await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql",
            new { extensions = Persisted(mutation) }, idempotency, Asking.Accept);
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(first.Body, again.Body);
    }

    private static Task<ApiResponse> SendAsync(ApiClient client, object body) =>
        client.SendAsync(HttpMethod.Post, "/graphql", body, Asking.Accept);

    private static object Persisted(string query) =>
        new { persistedQuery = new { version = 1, sha256Hash = Hash(query) } };

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Task<TestHost> StartAsync(bool trustedOnly) => TestHost.StartAsync(
        Host.ConnectionString,
        builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GraphQL:Manifest"] = _folder,
            ["GraphQL:TrustedOnly"] = $"{trustedOnly}",
        }));
}
