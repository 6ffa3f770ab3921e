using Npgsql;

namespace Equaticket.Persistence;

/// <summary>Settings shared by every connection of a host.</summary>
public static class HostConnection
{
    /// <summary>
    /// The server cancels a statement after this time, even if the host that sent it is gone. Options in the configured
    /// connection string take precedence.
    /// </summary>
    private const string Bounds = "-c statement_timeout=30s";

    /// <summary>Removes the statement timeout, for work that an operator waits for.</summary>
    public const string Unbound = "SET statement_timeout = 0";

    /// <param name="connectionString">The configured connection string.</param>
    /// <param name="name">The application name, which identifies the connection on the database server.</param>
    public static NpgsqlConnectionStringBuilder Of(string connectionString, string name)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        given.ApplicationName = name;
        given.Options = string.IsNullOrEmpty(given.Options) ? Bounds : $"{Bounds} {given.Options}";
        return given;
    }
}

/// <summary>
/// A small separate connection pool for statements that commit independently while a transaction is open. With
/// connections from the shared pool, they could deadlock when it is exhausted.
/// </summary>
/// <param name="connectionString">
/// Bypasses a connection pooler, whose connections could all belong to the transactions that wait for these.
/// </param>
public sealed class CounterDatabase(string connectionString) : IAsyncDisposable
{
    private const int MaxConnections = 2;

    public NpgsqlDataSource Source { get; } =
        new NpgsqlDataSourceBuilder(Settings(connectionString).ConnectionString)
        {
            Name = "equaticket counter",
        }.Build();

    /// <summary>
    /// Runs a statement that may take effect twice: if the server has closed the connection, which may have been idle
    /// during a failover, it runs again on a new one.
    /// </summary>
    /// <param name="sql">The statement, with <c>$1</c>, <c>$2</c> … for the values.</param>
    /// <param name="values">The values.</param>
    /// <param name="run">Executes it.</param>
    public async Task<T> RunAsync<T>(string sql, object[] values, Func<NpgsqlCommand, Task<T>> run)
    {
        try
        {
            return await RunOnceAsync(sql, values, run);
        }
        catch (NpgsqlException fault) when (IsConnectionLost(fault))
        {
            return await RunOnceAsync(sql, values, run);
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private async Task<T> RunOnceAsync<T>(string sql, object[] values, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await run(command);
    }

    private static bool IsConnectionLost(NpgsqlException fault) =>
        fault.InnerException is IOException
        || fault is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown };

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = HostConnection.Of(connectionString, "equaticket counter");
        (settings.MinPoolSize, settings.MaxPoolSize) = (0, MaxConnections);
        return settings;
    }
}
