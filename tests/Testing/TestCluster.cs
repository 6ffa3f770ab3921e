using System.Diagnostics;
using System.Globalization;
using Equaticket.Host.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Testing;

/// <summary>The PostgreSQL server of the tests: the product's own private one, in a folder apart.</summary>
public static class TestCluster
{
    private const string Prefix = "test_";
    private static readonly Lazy<Task<EmbeddedCluster>> Cluster = new(AcquireAsync);
    private static int _databases;

    /// <summary>Makes an empty database that is dropped when this process has ended.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        var cluster = await Cluster.Value;
        var number = Interlocked.Increment(ref _databases);
        var name = $"{Prefix}{Environment.ProcessId}_{number}";
        await ExecuteAsync(cluster, $"CREATE DATABASE {name}");
        return cluster.ConnectionStringFor(name);
    }

    private static async Task<EmbeddedCluster> AcquireAsync()
    {
        var folder = Environment.GetEnvironmentVariable("EQUATICKET_DATA")
            ?? Path.Combine(Repository.Root, "artifacts", "test-data");
        var cluster = await EmbeddedCluster.AcquireAsync(folder, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await DropLeftoversAsync(cluster);
        return cluster;
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
