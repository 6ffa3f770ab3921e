using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Npgsql;

namespace Equaticket.Host.Tests.ApiKeys;

public sealed class RevocationInFlightTests : ApiTest
{
    [Fact]
    public async Task A_slow_mutation_with_a_revoked_key_rolls_back_and_returns_401()
    {
        var id = await Org.Live.CreateEventAsync("Before");
        var key = await Org.CreateKeyAsync(livemode: true, Scope.EventsWrite);
        var owner = await Org.SignInAsync(Role.Owner);
        await using var database = NpgsqlDataSource.Create(Host.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"SELECT 1 FROM events WHERE id = '{id}' FOR UPDATE");

        var slow = key.PatchAsync($"/api/v1/events/{id}", new { title = "After" });
        await Poll.UntilAsync(() => IsWaitingAsync(database));
        await owner.DeleteAsync($"/api/settings/api-keys/{key.KeyId}");
        await transaction.RollbackAsync();

        Assert.Equal(401, (await slow).Status);
        var read = await Org.Live.GetAsync($"/api/v1/events/{id}");
        Assert.Equal("Before", read.Json!["title"]!.GetValue<string>());
    }

    private static async Task<bool> IsWaitingAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND wait_event_type = 'Lock' AND query LIKE '%FOR NO KEY UPDATE%'");
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
