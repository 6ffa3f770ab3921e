using System.Text;
using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

public sealed class IdempotencyKeyTests : ApiTest
{
    private const string Key = "550e8400-e29b-41d4-a716-446655440000";

    [Fact]
    public async Task A_retry_gets_the_same_bytes_and_headers()
    {
        var first = await PostAsync(Org.Live, Seed.EventBody());
        var second = await PostAsync(Org.Live, Seed.EventBody());

        Assert.Equal(201, first.Status);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(
            (first.Status, first.Body, first.Header("Location"), first.Header("ETag")),
            (second.Status, second.Body, second.Header("Location"), second.Header("ETag")));
        Assert.NotEqual(first.Header("X-Request-Id"), second.Header("X-Request-Id"));
    }

    [Fact]
    public async Task An_equivalent_body_in_another_form_is_a_retry()
    {
        const string one =
            """{"title":"A","timezone":"UTC","starts_at":"2099-01-01T00:00:00Z","currency":"usd"}""";
        const string two =
            """{ "currency": "usd", "starts_at":"2099-01-01T00:00:00Z", "timezone":"UTC", "title":"\u0041" }""";
        await PostAsync(Org.Live, one);
        Assert.Equal("true", (await PostAsync(Org.Live, two)).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Another_body_or_path_with_the_same_key_is_refused()
    {
        var made = await PostAsync(Org.Live, Seed.EventBody());
        var otherBody = await PostAsync(Org.Live, Seed.EventBody("Another"));
        var otherPath = await PostAsync(
            Org.Live, Seed.TicketTypeBody(), $"/api/v1/events/{made.Id}/ticket-types");
        var graphQL = await PostAsync(
            Org.Live,
            new { query = $$"""mutation { publishEvent(id: "{{made.Id}}") { id } }""" },
            "/graphql");

        foreach (var refused in (ApiResponse[])[otherBody, otherPath, graphQL])
        {
            Assert.Equal("unprocessable", refused.ErrorCode);
            Assert.Equal("Idempotency-Key", refused.Param);
        }

        Assert.Equal(422, otherBody.Status);
    }

    [Fact]
    public async Task The_same_key_in_another_mode_or_organization_is_another_key()
    {
        var other = await Host.CreateOrganizationAsync();
        var ids = new HashSet<string>();
        foreach (var client in (ApiClient[])[Org.Live, Org.Test, other.Live])
            ids.Add((await PostAsync(client, Seed.EventBody())).Id);
        Assert.Equal(3, ids.Count);
    }

    [Fact]
    public async Task An_execution_error_is_stored_and_an_input_error_is_not()
    {
        await Org.Live.PostAsync("/api/v1/events", Taken());
        var conflict = await PostAsync(Org.Live, Taken());
        Assert.Equal(409, conflict.Status);
        var again = await PostAsync(Org.Live, Taken());
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(conflict.Body, again.Body);

        const string key = "corrected later";
        var invalid = await PostAsync(Org.Live, new { title = "" }, key: key);
        Assert.Equal(400, invalid.Status);
        Assert.Equal(201, (await PostAsync(Org.Live, Seed.EventBody(), key: key)).Status);

        static Dictionary<string, object?> Taken() =>
            new(Seed.EventBody()) { ["slug"] = "taken" };
    }

    [Fact]
    public async Task A_graphql_mutation_takes_effect_once()
    {
        const string mutation =
            """
            mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }
            """;
        var input = new
        {
            title = "Once",
            timezone = "UTC",
            startsAt = "2099-01-01T00:00:00Z",
            currency = "usd",
        };
        var body = new { query = mutation, variables = new { input } };
        var first = await PostAsync(Org.Live, body, "/graphql");
        var second = await PostAsync(Org.Live, body, "/graphql");
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("256+")]
    public async Task A_key_that_is_empty_or_too_long_is_refused(string key)
    {
        var refused = await PostAsync(
            Org.Live, Seed.EventBody(), key: key == "256+" ? new string('k', 257) : key);
        Assert.Equal((400, "Idempotency-Key"), (refused.Status, refused.Param));
    }

    [Fact]
    public async Task An_expired_record_allows_reuse_of_the_key()
    {
        var first = await PostAsync(Org.Live, Seed.EventBody());
        await ExecuteAsync("UPDATE idempotency_records SET expires_at = now() - interval '1 s'");
        var second = await PostAsync(Org.Live, Seed.EventBody());
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Stored_responses_are_encrypted_and_keys_are_hashed()
    {
        await PostAsync(Org.Live, Seed.EventBody("Hush, a secret title"));
        await using var database = NpgsqlDataSource.Create(Host.ConnectionString);
        await using var command = database.CreateCommand(
            $"SELECT key_hash, body FROM idempotency_records WHERE organization_id = '{Org.Organization.Id}'");
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.DoesNotContain(
            "Hush", Encoding.Latin1.GetString(row.GetFieldValue<byte[]>(1)), StringComparison.Ordinal);
        Assert.Equal(32, row.GetFieldValue<byte[]>(0).Length);
    }

    private static Task<ApiResponse> PostAsync(
        ApiClient client, object body, string path = "/api/v1/events", string key = Key) =>
        client.SendAsync(HttpMethod.Post, path, body, ("Idempotency-Key", key));

    private async Task ExecuteAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(Host.ConnectionString);
        await using var command = database.CreateCommand(
            $"{sql} WHERE organization_id = '{Org.Organization.Id}'");
        await command.ExecuteNonQueryAsync();
    }
}
