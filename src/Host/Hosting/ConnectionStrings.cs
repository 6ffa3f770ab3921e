using Npgsql;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Reads PostgreSQL connection strings. Errors do not repeat an invalid one, because it
/// contains a password.
/// </summary>
internal static class ConnectionStrings
{
    /// <param name="configuration">The settings of this process.</param>
    /// <param name="name">The name of the connection string, such as <c>Equaticket</c>.</param>
    /// <returns>Null if it is not set.</returns>
    /// <exception cref="ConfigurationException">The connection string is invalid.</exception>
    public static NpgsqlConnectionStringBuilder? Read(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } text)
            return null;
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(text);
            return settings.Host is { Length: > 0 } ? settings : throw Refusal(name, "names no Host");
        }
        catch (ArgumentException fault) when (fault.InnerException is KeyNotFoundException)
        {
            throw Refusal(name, "has an unknown keyword");
        }
        catch (ArgumentException fault) when (fault is { InnerException: not null, ParamName: { } keyword })
        {
            throw Refusal(name, $"has an invalid value of {keyword}");
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw Refusal(name, "is invalid");
        }
    }

    /// <summary>Identifies the database, without the password.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder settings) =>
        $"the PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}"
        + (settings.Username is { Length: > 0 } user ? $" as {user}" : "");

    private static ConfigurationException Refusal(string name, string what) => new(
        $"ConnectionStrings__{name} {what}. Write it as "
        + "Host=db.internal;Database=equaticket;Username=equaticket;Password=….");
}
