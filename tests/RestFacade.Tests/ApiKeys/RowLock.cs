using Npgsql;

namespace Equaticket.RestFacade.Tests.ApiKeys;

/// <summary>Locks a row, so that a request that changes it waits.</summary>
internal sealed class RowLock : IAsyncDisposable
{
    private readonly TestHost _host;
    private readonly NpgsqlConnection _connection;
    private readonly int _process;

    private RowLock(TestHost host, NpgsqlConnection connection) =>
        (_host, _connection, _process) = (host, connection, connection.ProcessID);

    public static async Task<RowLock> TakeAsync(TestHost host, string table, Guid id)
    {
        var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT FROM {table} WHERE id = $1 FOR UPDATE", connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        await command.ExecuteNonQueryAsync();
        return new RowLock(host, connection);
    }

    /// <summary>Polls, for at most 30 seconds, until another connection waits for this one.</summary>
    public async Task WaitForAnotherAsync()
    {
        for (var i = 0; i < 3000; i++)
        {
            var waiting = await _host.QuerySqlAsync<int>(
                "SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", _process);
            if (waiting.Count > 0)
                return;
            await Task.Delay(10);
        }

        Assert.Fail("Nothing waits for the row.");
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
