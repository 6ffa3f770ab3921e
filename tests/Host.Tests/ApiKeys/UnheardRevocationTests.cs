using Npgsql;

namespace Equaticket.Host.Tests.ApiKeys;

public sealed class UnheardRevocationTests
{
    [Fact]
    public async Task A_slow_read_with_a_revoked_key_returns_401_on_a_host_without_notifications()
    {
        await using var host = await DeafHost.StartAsync();
        var org = await host.CreateOrganizationAsync();
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var block = new NpgsqlCommand("LOCK TABLE events", connection);
        await block.ExecuteNonQueryAsync();

        var slow = org.Live.GetAsync("/api/v1/events");
        await Poll.UntilAsync(
            async () => (await host.QuerySqlAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND wait_event_type = 'Lock'"))[0] == 1);
        await host.ExecuteSqlAsync(
            "UPDATE api_keys SET revoked_at = now() WHERE id = $1", org.Live.KeyId);
        await transaction.RollbackAsync();

        Assert.Equal(401, (await slow).Status);
    }
}
