using Equaticket.Persistence.ApiKeys;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Equaticket.Host.Tests.Activity;

/// <summary>Refused calls with a known key, and calls whose caller disconnected.</summary>
public sealed class RefusedActivityTests : ApiTest
{
    private const string Update =
        "mutation ($id: ID!) { updateEvent(id: $id, input: { title: \"Too late\" }) { title } }";

    [Theory]
    [InlineData("revoked_at")]
    [InlineData("expires_at")]
    public async Task A_call_with_an_expired_or_revoked_key_is_recorded_and_does_not_count_as_use(string end)
    {
        var key = await Org.CreateKeyAsync(livemode: true);
        await Host.ExecuteSqlAsync($"UPDATE api_keys SET {end} = now() WHERE id = $1", key.KeyId);
        await Poll.UntilAsync(
            async () => (await key.GetAsync("/api/v1/events")).Status == 401);
        await AssertNotedAsync(Host, key, "401 unauthorized");
        Assert.Empty(await Host.QuerySqlAsync<DateTimeOffset>(
            "SELECT last_used_at FROM api_key_uses WHERE api_key_id = $1", key.KeyId));
    }

    [Fact]
    public async Task A_call_without_the_scope_is_recorded()
    {
        var key = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        Assert.Equal(403, (await key.PostAsync("/api/v1/events", Seed.EventBody())).Status);
        await AssertNotedAsync(Host, key, "403 forbidden");
    }

    [Fact]
    public async Task A_call_over_the_limit_is_recorded()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["RateLimits:Plans:pro"] = "1" }));
        var org = await host.CreateOrganizationAsync();
        await Poll.UntilAsync(
            async () => (await org.Live.GetAsync("/api/v1/events")).Status == 429);
        await AssertNotedAsync(host, org.Live, "429 rate_limited");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_whose_caller_disconnected_is_recorded_as_499_and_has_no_effect(bool byGraphQL)
    {
        var id = await Org.Test.CreateEventAsync();
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var block = new NpgsqlCommand($"SELECT 1 FROM events WHERE id = '{id}' FOR UPDATE", connection);
        await block.ExecuteNonQueryAsync();

        using var hangUp = new CancellationTokenSource();
        using var request = byGraphQL
            ? Request(HttpMethod.Post, "/graphql", new { query = Update, variables = new { id } })
            : Request(HttpMethod.Patch, $"/api/v1/events/{id}", new { title = "Too late" });
        var call = Host.Http.SendAsync(request, hangUp.Token);
        await Poll.UntilAsync(IsWaitingAsync);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await AssertNotedAsync(Host, Org.Test, "499 ");
        await transaction.RollbackAsync();
        var found = await Org.Test.GetAsync($"/api/v1/events/{id}");
        Assert.NotEqual("Too late", (string?)found.Json!["title"]);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object body) => ApiResponse.Request(
        Host.Http, method, path, body, [ApiResponse.Credential(Org.Test.Secret)]);

    private async Task<bool> IsWaitingAsync() => (await Host.QuerySqlAsync<long>(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        + "AND wait_event_type = 'Lock' AND query LIKE '%FROM events%FOR NO KEY UPDATE%'"))[0] > 0;

    private static async Task AssertNotedAsync(TestHost host, ApiClient key, string wanted)
    {
        IReadOnlyList<string> noted = [];
        await Poll.UntilAsync(
            async () =>
            {
                noted = await host.QuerySqlAsync<string>(
                    "SELECT status || ' ' || coalesce(error_code, '') FROM api_requests WHERE api_key_id = $1",
                    key.KeyId);
                return noted.Contains(wanted);
            });
    }
}
