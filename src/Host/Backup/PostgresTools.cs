using System.Diagnostics;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Hosting;
using Npgsql;

namespace Equaticket.Host.Backup;

/// <summary>
/// Runs <c>pg_dump</c> and <c>pg_restore</c> on a database. They get its password only through the environment.
/// </summary>
internal sealed class PostgresTools
{
    private const string Dump = "pg_dump";
    private const string Load = "pg_restore";

    private readonly string _folder;
    private readonly NpgsqlConnectionStringBuilder _database;

    private PostgresTools(string folder, NpgsqlConnectionStringBuilder database) =>
        (_folder, _database) = (folder, database);

    /// <summary>Finds the programs of the server's major version; otherwise, the first ones found.</summary>
    /// <exception cref="ConfigurationException">The programs were not found.</exception>
    public static async Task<PostgresTools> FindAsync(string connectionString, CancellationToken cancellationToken)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        await using var open = new NpgsqlConnection(connectionString);
        await open.OpenAsync(cancellationToken);
        var folders = PostgresBinaries.Holding(Dump, Load).ToList();
        foreach (var folder in folders)
        {
            if (await PostgresBinaries.MajorAsync(folder, Dump, cancellationToken) == open.PostgreSqlVersion.Major)
                return new PostgresTools(folder, database);
        }

        return folders is [var first, ..]
            ? new PostgresTools(first, database)
            : throw new ConfigurationException(
                $"{Dump} and {Load} were not found. Install the package postgresql-client-"
                + $"{open.PostgreSqlVersion.Major}, or set EQUATICKET_PG_BIN to the folder that contains them.");
    }

    /// <summary>Writes a consistent snapshot of the database to a file.</summary>
    public Task DumpAsync(string file, Action<string> say, CancellationToken cancellationToken) => RunAsync(
        Dump, ["--format=custom", "--no-owner", "--no-privileges", $"--file={file}"], input: null,
        line => Progress(line, "dumping contents of table ", "Saving", say), cancellationToken);

    /// <summary>Checks that a stream is a readable dump.</summary>
    public Task VerifyAsync(Stream dump, CancellationToken cancellationToken) =>
        RunAsync(Load, ["--list"], dump, _ => { }, cancellationToken);

    /// <summary>Loads a dump into an empty database in a single transaction.</summary>
    public Task RestoreAsync(Stream dump, Action<string> say, CancellationToken cancellationToken) => RunAsync(
        Load,
        [
            "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            $"--dbname={_database.Database ?? _database.Username}",
        ],
        dump, line => Progress(line, "processing data for table ", "Loading", say), cancellationToken);

    private static void Progress(string line, string known, string verb, Action<string> say)
    {
        if (line.IndexOf(known, StringComparison.Ordinal) is >= 0 and var start)
            say($"{verb} {line[(start + known.Length)..].Trim('"')} …");
    }

    private async Task RunAsync(
        string program, string[] options, Stream? input, Action<string> onLine, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(program, options))!;
        try
        {
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            var errors = ReadAsync(process.StandardError, onLine, cancellationToken);
            await SendAsync(input, process.StandardInput, cancellationToken);
            await output;
            var last = await errors;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                var isDenied = last.Contains("permission denied", StringComparison.Ordinal)
                    || last.Contains("must be owner", StringComparison.Ordinal);
                throw new ConfigurationException(
                    $"{program} failed: {last}{(isDenied ? $". {DatabaseAccess.RoleHint}" : "")}");
            }
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <remarks>A program that fails stops reading its input. Its error message says why it failed.</remarks>
    private static async Task SendAsync(Stream? input, StreamWriter to, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
                await input.CopyToAsync(to.BaseStream, cancellationToken);
            to.Close();
        }
        catch (IOException)
        {
            // The pipe is closed.
        }
    }

    /// <returns>The first error, or the last line if there is none.</returns>
    private static async Task<string> ReadAsync(
        StreamReader from, Action<string> onLine, CancellationToken cancellationToken)
    {
        var (last, error) = ("", "");
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            onLine(line);
            last = line;
            if (error.Length == 0 && line.Contains("error:", StringComparison.Ordinal))
                error = line;
        }

        return error.Length > 0 ? error : last;
    }

    private ProcessStartInfo StartInfo(string program, string[] options)
    {
        var start = Command.StartInfo([Path.Join(_folder, program), "--verbose", .. options]);
        foreach (var (name, value) in Environment())
            start.Environment[name] = value;
        return start;
    }

    private IEnumerable<(string Name, string? Value)> Environment() => new (string Name, string? Value)[]
    {
        ("PGHOST", _database.Host),
        ("PGPORT", $"{_database.Port}"),
        ("PGDATABASE", _database.Database),
        ("PGUSER", _database.Username),
        ("PGPASSWORD", _database.Password),
        ("PGPASSFILE", _database.Passfile),
        ("PGSSLMODE", SslMode(_database.SslMode)),
        ("PGSSLROOTCERT", _database.RootCertificate),
        ("PGSSLCERT", _database.SslCertificate),
        ("PGSSLKEY", _database.SslKey),
        ("PGOPTIONS", "-c statement_timeout=0"),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value));

    private static string SslMode(SslMode mode) => mode switch
    {
        Npgsql.SslMode.VerifyCA => "verify-ca",
        Npgsql.SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
