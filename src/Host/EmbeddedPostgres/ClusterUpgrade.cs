using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// Moves a cluster to a newer major version of PostgreSQL: it copies the databases and roles into a new cluster,
/// compares both, and swaps them. It can be killed at any time: until the swap, the old cluster stays in use; from then
/// on, the next start completes the swap. The old cluster is kept.
/// </summary>
/// <param name="location">The location of the old cluster, which no process uses.</param>
/// <param name="old">The programs of its version.</param>
/// <param name="next">The programs of the new version.</param>
/// <param name="say">Shows progress to the operator.</param>
internal sealed class ClusterUpgrade(
    ClusterLocation location, PostgresBinaries old, PostgresBinaries next, Action<string> say)
{
    private const string Upgraded = "postgres.upgraded";
    private const string UserTables =
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'
        ORDER BY 1
        """;

    private static readonly TimeSpan StopBound = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether a folder has a cluster, even if a swap was interrupted.</summary>
    public static bool HasCluster(string home) =>
        Directory.Exists(Path.Join(home, "postgres")) || Directory.Exists(Path.Join(home, Upgraded));

    /// <summary>
    /// Completes an interrupted swap. If the swap had not started, the old cluster stays, since it may have changed.
    /// </summary>
    public static void Finish(ClusterLocation location)
    {
        var upgraded = Path.Join(location.Home, Upgraded);
        if (!Directory.Exists(upgraded))
            return;
        if (Directory.Exists(location.Cluster))
            Directory.Delete(upgraded, recursive: true);
        else
            Directory.Move(upgraded, location.Cluster);
    }

    /// <returns>The folder of the old cluster.</returns>
    /// <exception cref="EmbeddedPostgresException">The upgrade failed, and the old cluster is unchanged.</exception>
    public async Task<string> RunAsync(string password, CancellationToken cancellationToken)
    {
        var upgraded = Path.Join(location.Home, Upgraded);
        await new ClusterCreation(location, next).RunAsync(
            password, upgraded, draft => CopyAsync(draft, password, cancellationToken), cancellationToken);
        var kept = Kept();
        Directory.Move(location.Cluster, kept);
        Directory.Move(upgraded, location.Cluster);
        return kept;
    }

    private string Kept()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{location.Cluster}.{old.Major}");
        return Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"))
            .First(folder => !Directory.Exists(folder));
    }

    private async Task CopyAsync(ClusterLocation draft, string password, CancellationToken cancellationToken)
    {
        var (from, to) = (new PostgresServer(location, old), new PostgresServer(draft, next));
        try
        {
            say($"Starting PostgreSQL {old.Major} and {next.Major} …");
            var source = await from.EnsureRunningAsync(password, cancellationToken);
            var target = await to.EnsureRunningAsync(password, cancellationToken);
            var file = Path.Join(draft.Home, "dump.sql");
            say("Saving the databases and roles …");
            await RunAsync(
                draft, source, ["pg_dumpall", "--file", file], cancellationToken);
            say("Loading them into the new cluster …");
            await WithoutOwnRoleAsync(file, cancellationToken);
            await RunAsync(
                draft, target,
                [
                    "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
                    "--file", $"{file}.new",
                ],
                cancellationToken);
            say($"Compared {await CompareAsync(source, target, cancellationToken)} tables: they are the same.");
            await RunAsync(draft, target, ["vacuumdb", "--all", "--analyze-only", "--quiet"], cancellationToken);
        }
        finally
        {
            await to.StopAsync();
            await from.StopAsync();
        }

        await UntilStoppedAsync([location.Cluster, draft.Cluster], cancellationToken);
    }

    /// <summary>
    /// Waits for the servers to stop. For a large cluster, this can take longer than a leaving process waits.
    /// </summary>
    private static async Task UntilStoppedAsync(string[] clusters, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (Array.Exists(clusters, cluster => PostmasterFile.Read(cluster) is not null))
        {
            if (waited.Elapsed > StopBound)
                throw new EmbeddedPostgresException("PostgreSQL did not stop. Nothing has changed; try again.");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Runs a program of the new version, which also reads older servers.</summary>
    private async Task RunAsync(
        ClusterLocation draft, ServerAddress server, string[] line, CancellationToken cancellationToken)
    {
        // Programs that run as another user don't inherit this environment, and arguments must not contain the
        // password.
        var passwords = Path.Join(draft.Home, "pgpass");
        File.Delete(passwords);
        PrivateFiles.Create(passwords, $"127.0.0.1:*:*:*:{server.Password}\n");
        await draft.Account.GiveAsync(passwords, cancellationToken);
        var ended = await draft.Account.RunAsync(
            [
                "env", $"PGPASSFILE={passwords}", "PGHOST=127.0.0.1", "PGUSER=equaticket", "PGDATABASE=postgres",
                $"PGPORT={server.Port.ToString(CultureInfo.InvariantCulture)}",
                Path.Join(next.Folder, line[0]), .. line[1..],
            ],
            cancellationToken);
        if (!ended.Succeeded)
            throw new EmbeddedPostgresException($"{line[0]} failed, and nothing has changed: {ended.Output}");
    }

    /// <summary>Removes the statement that creates the owner of the new cluster, who already exists.</summary>
    private async Task WithoutOwnRoleAsync(string file, CancellationToken cancellationToken)
    {
        var isInRoles = true;
        await using (var filtered = new StreamWriter($"{file}.new"))
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                if (isInRoles && line == "CREATE ROLE equaticket;")
                    isInRoles = false;
                else
                    await filtered.WriteLineAsync(line);
            }
        }

        File.Delete(file);
        await location.Account.GiveAsync($"{file}.new", cancellationToken);
    }

    private static async Task<int> CompareAsync(
        ServerAddress source, ServerAddress target, CancellationToken cancellationToken)
    {
        var databases = await ReadAsync(
            source, "postgres", "SELECT datname FROM pg_database WHERE datallowconn", cancellationToken);
        var count = 0;
        foreach (var database in databases)
        {
            var tables = await ReadAsync(source, database, UserTables, cancellationToken);
            foreach (var table in tables)
            {
                var rows = $"SELECT count(*)::text FROM {table}";
                var (before, after) = (
                    await ReadAsync(source, database, rows, cancellationToken),
                    await ReadAsync(target, database, rows, cancellationToken));
                if (before[0] != after[0])
                {
                    throw new EmbeddedPostgresException(
                        $"{table} has {before[0]} rows in the old cluster and {after[0]} in the new one. "
                        + "Nothing has changed.");
                }

                count++;
            }
        }

        return count;
    }

    private static async Task<List<string>> ReadAsync(
        ServerAddress server, string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            server.ConnectionString(database) + ";Pooling=false;Command Timeout=0");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var values = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            values.Add(rows.GetString(0));
        return values;
    }
}
