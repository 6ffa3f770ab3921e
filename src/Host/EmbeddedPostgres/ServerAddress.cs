using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The address and credentials of a cluster's server.</summary>
internal sealed record ServerAddress(int Port, string Password, string Cluster)
{
    private const int ProbeSeconds = 5;

    public string ConnectionString(string database) => Builder(database).ConnectionString;

    /// <summary>Whether the server accepts connections and belongs to this cluster.</summary>
    /// <exception cref="EmbeddedPostgresException">The server rejects the password.</exception>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var folder = await AskAsync(
                "SELECT current_setting('data_directory')", cancellationToken);
            return folder is string path
                && string.Equals(RealPath.Of(path), Cluster, StringComparison.Ordinal);
        }
        catch (PostgresException error)
            when (error.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            throw new EmbeddedPostgresException(
                $"The server of {Cluster} rejected the password in the data folder. "
                + "Restore this cluster's postgres.password file.", error);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public async Task EnsureDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            $"SELECT 1 FROM pg_database WHERE datname = '{name}'", cancellationToken);
        if (found is null)
            await AskAsync($"CREATE DATABASE {name}", cancellationToken);
    }

    private async Task<object?> AskAsync(string sql, CancellationToken cancellationToken)
    {
        var builder = Builder("postgres");
        (builder.Pooling, builder.Timeout) = (false, ProbeSeconds);
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private NpgsqlConnectionStringBuilder Builder(string database) => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "equaticket",
        Password = Password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };
}

/// <summary>Finds free ports on loopback.</summary>
internal static class FreePort
{
    /// <summary>Returns the preferred port if it is free; otherwise any free port. 0 means no preference.</summary>
    public static int Choose(int preferred)
    {
        try
        {
            return Listen(preferred);
        }
        catch (SocketException)
        {
            return Listen(0);
        }
    }

    private static int Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
