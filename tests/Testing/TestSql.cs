using Npgsql;

namespace Equaticket.Testing;

/// <summary>Runs SQL for changes that the API does not support.</summary>
public static class TestSql
{
    /// <param name="host">The host whose database to use.</param>
    /// <param name="sql">A statement; <c>$1</c> is the first of the values.</param>
    /// <param name="values">The values of its parameters.</param>
    /// <returns>The number of affected rows.</returns>
    public static async Task<int> ExecuteSqlAsync(
        this TestHost host, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <returns>The first column of every row.</returns>
    public static async Task<IReadOnlyList<T>> QuerySqlAsync<T>(
        this TestHost host, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(await reader.GetFieldValueAsync<T>(0));
        return rows;
    }

    /// <summary>Closes all connections to the host's database, and rejects new ones until it is opened.</summary>
    public static Task CloseDatabaseAsync(this TestHost host) => AdministerAsync(
        host,
        name =>
            $"""
            ALTER DATABASE "{name}" ALLOW_CONNECTIONS false;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}';
            """);

    public static Task OpenDatabaseAsync(this TestHost host) => AdministerAsync(
        host, name => $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS true");

    private static async Task AdministerAsync(TestHost host, Func<string, string> sql)
    {
        var server = new NpgsqlConnectionStringBuilder(host.ConnectionString);
        var name = server.Database!;
        server.Database = "postgres";
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql(name), []);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
