using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>The scope of keys, the accepted keys, and the stored parts of a response.</summary>
public sealed class IdempotencyClaimTests : ApiTest
{
    private const string Path = "/api/v1/events";
    private const string Uuid = "550e8400-e29b-41d4-a716-446655440000";

    private const string Publish = "mutation ($id: ID!) { publishEvent(id: $id) { id } }";

    [Fact]
    public async Task A_key_of_256_characters_is_accepted_and_compared_to_the_last_character()
    {
        var longest = new string('k', 255);
        var one = await PostAsync(Path, Seed.EventBody(), $"{longest}1");
        var two = await PostAsync(Path, Seed.EventBody(), $"{longest}2");
        Assert.Equal((201, 201), (one.Status, two.Status));
        Assert.NotEqual(one.Id, two.Id);
    }

    /// <summary>A prepared statement keeps its plan, and reading an empty table as a whole is the cheapest one.</summary>
    [Fact]
    public async Task A_key_is_found_by_index_although_the_table_was_empty_at_first()
    {
        const int writes = 30;
        await using var host = await TestHost.StartAsync();
        var key = (await host.CreateOrganizationAsync()).Live;
        await host.ExecuteSqlAsync("VACUUM idempotency_records");
        var before = await ScansAsync(host);
        for (var number = 0; number < writes; number++)
            Assert.Equal(201, (await SendAsync(key, Path, Seed.EventBody(), $"{number}")).Status);
        await Poll.UntilAsync(async () => (await ScansAsync(host)).ByKey >= before.ByKey + writes);
        Assert.InRange((await ScansAsync(host)).Others - before.Others, 0, writes / 3);
    }

    /// <returns>The scans of the table by its key, and all others.</returns>
    private static async Task<(long ByKey, long Others)> ScansAsync(TestHost host)
    {
        var scans = await host.QuerySqlAsync<long[]>(
            """
            SELECT ARRAY[key.idx_scan, read.seq_scan + read.idx_scan - key.idx_scan]
            FROM pg_stat_user_tables AS read JOIN pg_stat_user_indexes AS key ON key.relid = read.relid
            WHERE key.indexrelname = 'pk_idempotency_records'
            """);
        return (scans[0][0], scans[0][1]);
    }

    [Fact]
    public async Task Other_methods_do_not_accept_a_key()
    {
        var id = await Org.Live.CreateEventAsync();
        foreach (var title in (string[])["One", "Two"])
        {
            var changed = await Org.Live.SendAsync(
                HttpMethod.Patch, $"{Path}/{id}", new { title }, ("Idempotency-Key", Uuid));
            Assert.Equal(title, (string?)changed.Json!["title"]);
        }
    }

    [Fact]
    public async Task A_missing_null_or_empty_member_makes_it_a_different_request()
    {
        var body = Seed.EventBody();
        await PostAsync(Path, body, Uuid);
        Assert.Equal(
            422, (await PostAsync(Path, new Dictionary<string, object?>(body) { ["description"] = null }, Uuid)).Status);
        var id = await Org.Live.CreateEventAsync();
        await PostAsync($"{Path}/{id}/cancel", null, "empty");
        Assert.Equal(422, (await PostAsync($"{Path}/{id}/cancel", "{}", "empty")).Status);
    }

    [Fact]
    public async Task A_retry_with_a_key_that_was_revoked_is_401()
    {
        var key = await Org.CreateKeyAsync(livemode: true);
        await SendAsync(key, Path, Seed.EventBody(), Uuid);
        var owner = await Org.SignInAsync(Role.Owner);
        await owner.DeleteAsync($"/api/settings/api-keys/{key.KeyId}");
        var retried = await SendAsync(key, Path, Seed.EventBody(), Uuid);
        Assert.Equal((401, null), (retried.Status, retried.Header("Idempotent-Replayed")));
        Assert.Equal("true", (await PostAsync(Path, Seed.EventBody(), Uuid)).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_key_without_the_scope_gets_no_replay()
    {
        await PostAsync(Path, Seed.EventBody(), Uuid);
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        Assert.Equal(403, (await SendAsync(reader, Path, Seed.EventBody(), Uuid)).Status);
    }

    [Fact]
    public async Task A_retry_of_a_key_creation_shows_the_key_again()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        var body = new { name = "Mine", mode = "test", scopes = new[] { "events:read" } };
        var first = await SendAsync(owner, "/api/settings/api-keys", body, Uuid);
        var second = await SendAsync(owner, "/api/settings/api-keys", body, Uuid);
        Assert.Equal((201, first.Body), (second.Status, second.Body));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task The_error_code_of_a_mutation_determines_whether_its_response_is_stored()
    {
        var id = await Org.Live.CreateEventAsync();
        var refused = await PublishAsync(id, "early");
        Assert.Equal("unprocessable", refused.ErrorCode);
        await Org.Live.CreateTicketTypeAsync(id);
        var again = await PublishAsync(id, "early");
        Assert.Equal((refused.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));

        Assert.Equal("validation_error", (await SendAsync(
            Org.Live, "/graphql", new { query = Publish, variables = new { } }, "corrected")).ErrorCode);
        Assert.Null((await PublishAsync(id, "corrected")).ErrorCode);
    }

    [Fact]
    public async Task A_mutation_that_the_key_may_not_run_is_403_regardless_of_the_idempotency_key()
    {
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        var body = new { query = Publish, variables = new { id = Uuid } };
        Assert.Equal("forbidden", (await SendAsync(reader, "/graphql", body, " ")).ErrorCode);
        Assert.Equal("Idempotency-Key", (await SendAsync(Org.Live, "/graphql", body, " ")).Param);
    }

    [Fact]
    public async Task A_buyer_needs_a_UUID_which_is_scoped_to_the_event()
    {
        var (first, second) = (await CartAsync(), await CartAsync());
        var refused = await BuyAsync(first, "not a uuid");
        Assert.Equal(("validation_error", "Idempotency-Key"), (refused.ErrorCode, refused.Param));

        var bought = await BuyAsync(first, Uuid);
        var again = await BuyAsync(first, Uuid);
        Assert.Equal((bought.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
        var elsewhere = await BuyAsync(second, Uuid);
        Assert.Equal((null, null), (elsewhere.ErrorCode, elsewhere.Header("Idempotent-Replayed")));
        Assert.NotEqual(bought.Body, elsewhere.Body);
    }

    private Task<ApiResponse> PublishAsync(string id, string key) =>
        SendAsync(Org.Live, "/graphql", new { query = Publish, variables = new { id } }, key);

    private Task<ApiResponse> PostAsync(string path, object? body, string key) =>
        SendAsync(Org.Live, path, body, key);

    private static Task<ApiResponse> SendAsync(
        IApiCaller caller, string path, object? body, string key) =>
        caller.SendAsync(HttpMethod.Post, path, body, ("Idempotency-Key", key));

    /// <returns>A cart with one ticket for a new event.</returns>
    private async Task<object> CartAsync()
    {
        var eventId = await Org.Test.CreateEventAsync();
        var ticketTypeId = await Org.Test.CreateTicketTypeAsync(eventId, price: 0);
        Assert.Equal(200, (await Org.Test.PostAsync($"{Path}/{eventId}/publish")).Status);
        return new
        {
            eventId,
            buyerName = "Ada Lovelace",
            buyerEmail = "ada@example.com",
            items = new[] { new { ticketTypeId, quantity = 1 } },
        };
    }

    private Task<ApiResponse> BuyAsync(object input, string key) => ApiResponse.SendAsync(
        Host.Http,
        HttpMethod.Post,
        "/graphql",
        key: null,
        new
        {
            query = "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber checkoutToken } }",
            variables = new { input },
        },
        ("Idempotency-Key", key));
}
