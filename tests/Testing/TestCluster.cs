using System.Diagnostics;
using System.Globalization;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Hosting;
using Npgsql;

namespace Equaticket.Testing;

/// <summary>The PostgreSQL server of the tests: the product's embedded one, in a separate folder.</summary>
public static class TestCluster
{
    private const string Prefix = "test_";
    private static readonly Lazy<Task<EmbeddedCluster>> Cluster = new(AcquireAsync);
    private static int _databases;

    private static readonly Lazy<Task<string>> Migrated = new(CreateTemplateAsync);

    /// <summary>Creates an empty database. A later run drops it.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateDatabaseAsync() =>
        (await Cluster.Value).ConnectionStringFor(await CreateDatabaseAsync("template1"));

    /// <summary>
    /// Creates a database with all migrations applied, as a copy of a template that is migrated once.
    /// </summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateMigratedDatabaseAsync() =>
        (await Cluster.Value).ConnectionStringFor(await CreateDatabaseAsync(await Migrated.Value));

    private static async Task<string> CreateDatabaseAsync(string template)
    {
        var number = Interlocked.Increment(ref _databases);
        var name = $"{Prefix}{Environment.ProcessId}_{number}";
        await ExecuteAsync(await Cluster.Value, $"CREATE DATABASE {name} TEMPLATE {template}");
        return name;
    }

    /// <summary>Applies all migrations, and leaves no connection open.</summary>
    public static Task MigrateAsync(string connectionString) =>
        new Migrations(connectionString, say: _ => { }).ApplyAsync(CancellationToken.None);

    private static async Task<string> CreateTemplateAsync()
    {
        var name = await CreateDatabaseAsync("template1");
        await MigrateAsync((await Cluster.Value).ConnectionStringFor(name));
        return name;
    }

    private static async Task<EmbeddedCluster> AcquireAsync()
    {
        var folder = Environment.GetEnvironmentVariable("EQUATICKET_DATA")
            ?? Path.Combine(Repository.Root, "artifacts", "test-data");
        var cluster = await EmbeddedCluster.AcquireAsync(folder, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await TurnOffUnneededAsync(cluster);
        await DropLeftoversAsync(cluster);
        return cluster;
    }

    /// <remarks>
    /// Tests kill hosts, never the machine, so data in the page cache counts as stored. Commits stay synchronous,
    /// because vacuum does not mark a page as all-visible until its commits are written. Tests that need a vacuum or
    /// statistics run it themselves; in hundreds of databases, the automatic one would always be busy.
    /// </remarks>
    private static async Task TurnOffUnneededAsync(EmbeddedCluster cluster)
    {
        foreach (var setting in (string[])["fsync", "full_page_writes", "autovacuum"])
            await ExecuteAsync(cluster, $"ALTER SYSTEM SET {setting} = off");
        await ExecuteAsync(cluster, "SELECT pg_reload_conf()");
    }

    private static async Task DropLeftoversAsync(EmbeddedCluster cluster)
    {
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = database.CreateCommand(
            $"SELECT datname FROM pg_database WHERE datname LIKE '{Prefix}%'");
        await using var names = await command.ExecuteReaderAsync();
        var leftovers = new List<string>();
        while (await names.ReadAsync())
            leftovers.Add(names.GetString(0));
        foreach (var name in leftovers.Where(name => !IsInUse(name)))
            await ExecuteAsync(cluster, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static bool IsInUse(string name)
    {
        var pid = int.Parse(name.Split('_')[1], CultureInfo.InvariantCulture);
        return Process.GetProcesses().Any(process => process.Id == pid);
    }

    private static async Task ExecuteAsync(EmbeddedCluster cluster, string sql)
    {
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
