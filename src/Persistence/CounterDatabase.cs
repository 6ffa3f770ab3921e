using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// A few connections of their own for statements that commit by themselves while a transaction is
/// open: taken from the common pool they could wait for each other when it is used up.
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
