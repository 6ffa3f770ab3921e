using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// A few separate connections for statements that commit independently while a transaction is
/// open: from the shared pool, they could deadlock when it is exhausted.
/// </summary>
public sealed class CounterDatabase(string connectionString) : IAsyncDisposable
{
    private const int MaxConnections = 2;

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(Settings(connectionString));

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = HostConnection.Of(connectionString, "equaticket counter");
        (settings.MinPoolSize, settings.MaxPoolSize) = (0, MaxConnections);
        return settings;
    }
}
