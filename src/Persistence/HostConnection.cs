using Npgsql;

namespace Equaticket.Persistence;

/// <summary>What every connection of a host has in common.</summary>
public static class HostConnection
{
    /// <summary>
    /// The server ends a statement by itself after this time, also when the host that sent it is gone.
    /// Options of the given connection string come later, and win.
    /// </summary>
    private const string Bounds = "-c statement_timeout=30s";

    /// <summary>Lifts the bound from a connection, for work that an operator waits for.</summary>
    public const string Unbound = "SET statement_timeout = 0";

    /// <param name="connectionString">As it is configured.</param>
    /// <param name="name">Names the connection among those of the server.</param>
    public static NpgsqlConnectionStringBuilder Of(string connectionString, string name)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        given.ApplicationName = name;
        given.Options = string.IsNullOrEmpty(given.Options) ? Bounds : $"{Bounds} {given.Options}";
        return given;
    }
}
