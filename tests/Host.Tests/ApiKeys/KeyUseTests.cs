using Equaticket.Host.Jobs;

namespace Equaticket.Host.Tests.ApiKeys;

public sealed class KeyUseTests : ApiTest
{
    [Fact]
    public async Task Scope_uses_are_stored_as_long_as_they_are_shown()
    {
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO api_key_scope_uses (organization_id, api_key_id, scope, day, requests, last_used_at)
            SELECT $1, $2, 'events:write', (now() AT TIME ZONE 'UTC')::date - age, 1, now()
            FROM unnest(ARRAY[10, 89, 92, 400]) AS age
            """,
            Org.Organization.Id, Org.Live.KeyId);
        await Host.Get<KeyUseCleanup>().RunAsync(CancellationToken.None);
        Assert.Equal([2L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM api_key_scope_uses WHERE api_key_id = $1 AND scope = 'events:write'",
            Org.Live.KeyId));
    }
}
