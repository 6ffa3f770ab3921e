using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>A trigger at which statements wait until the door is disposed. It doesn't block preparing them.</summary>
internal sealed class Door : IAsyncDisposable
{
    private const long Lock = 20_260_915;

    /// <summary>A condition on <c>pg_stat_activity</c>.</summary>
    public static readonly string IsWaiting =
        $"pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = {Lock} AND NOT granted)";

    private readonly NpgsqlConnection _connection;

    private Door(NpgsqlConnection connection) => _connection = connection;

    /// <param name="database">The database of the host.</param>
    /// <param name="trigger">When it runs, such as <c>TRIGGER door AFTER INSERT ON events</c>.</param>
    public static async Task<Door> CloseAsync(NpgsqlDataSource database, string trigger)
    {
        var door = new Door(await database.OpenConnectionAsync());
        await door.ExecuteAsync(
            $"""
            CREATE FUNCTION wait_at_the_door() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_advisory_xact_lock({Lock}); RETURN NULL; END $$;
            CREATE {trigger} FOR EACH ROW EXECUTE FUNCTION wait_at_the_door();
            SELECT pg_advisory_lock({Lock});
            """);
        return door;
    }

    /// <summary>Opens the door, and waits until the transactions behind it have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"SELECT pg_advisory_unlock({Lock})");
        await ExecuteAsync("DROP FUNCTION wait_at_the_door() CASCADE");
        await _connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
