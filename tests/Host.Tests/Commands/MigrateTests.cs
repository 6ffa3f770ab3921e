using System.Collections.Concurrent;
using Equaticket.Host.Hosting;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.Commands;

/// <summary>Runs migrations as a separate job before servers that don't migrate are started.</summary>
public sealed class MigrateTests
{
    private const string History = "\"__EFMigrationsHistory\"";
    private const string Newest = "20990101000000_FromTheFuture";
    private const string Promise = "Usable by servers from the migration ";
    private const string ReadPromise = $"SELECT obj_description('{History}'::regclass, 'pg_class')";

    private readonly ConcurrentQueue<string> _said = new();

    [Fact]
    public async Task Two_concurrent_runs_take_turns_and_the_second_says_that_it_waits()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var holder = new NpgsqlConnection(database);
        await holder.OpenAsync();
        await ExecuteAsync(holder, "SELECT pg_advisory_lock(x'457175617469636b'::bigint)");
        var second = Task.Run(() => On(database).ApplyAsync(CancellationToken.None));
        await Poll.UntilAsync(
            () => Task.FromResult(_said.Contains("Another process is migrating this database. Waiting for it …")),
            TimeSpan.FromSeconds(60));
        Assert.False(second.IsCompleted);
        await ExecuteAsync(holder, "SELECT pg_advisory_unlock_all()");
        var applied = await second;
        Assert.NotEmpty(applied);
        Assert.Contains($"Applying {applied.Count} migrations …", _said);
        Assert.Contains("Applying Initial …", _said);
        Assert.Empty(await On(database).ApplyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Several_processes_create_and_migrate_a_database_together()
    {
        var database = new NpgsqlConnectionStringBuilder(await TestCluster.CreateDatabaseAsync());
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(
            () => On(database.ConnectionString).ApplyAsync(CancellationToken.None))));
        Assert.Single(others, applied => applied.Count > 0);
        await On(database.ConnectionString).RequireUsableAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_does_not_migrate_refuses_a_schema_that_is_too_old()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await AssertRefusedAsync(database, "The database lacks ", "_Initial on. Run ./equaticket migrate, or start ");
        Assert.Equal(0L, await ClusterFolder.AskAsync(
            database, "SELECT count(*) FROM pg_class WHERE relname = 'organizations'"));
        await On(database).ApplyAsync(CancellationToken.None);
        await On(database).RequireUsableAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(Equaticket.Host.Hosting.Migrations.UsableFrom, true)]
    [InlineData(Newest, false)]
    [InlineData(null, false)]
    public async Task A_newer_schema_is_used_if_its_release_allows_it(string? from, bool isUsable)
    {
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        var promise = from is null ? "NULL" : $"'{Promise}{from}'";
        await ClusterFolder.AskAsync(database, $"""
            INSERT INTO {History} (migration_id, product_version) VALUES ('{Newest}', '11.0.0');
            COMMENT ON TABLE {History} IS {promise}
            """);
        if (isUsable)
        {
            await On(database).RequireUsableAsync(CancellationToken.None);
            Assert.Empty(await On(database).ApplyAsync(CancellationToken.None));
            return;
        }

        await AssertRefusedAsync(database, $"up to {Newest}", "Start a newer release.");
        await Assert.ThrowsAsync<ConfigurationException>(
            () => On(database).ApplyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Only_the_migrations_of_this_release_count_as_applied()
    {
        var missing = new NpgsqlConnectionStringBuilder(await TestCluster.CreateDatabaseAsync());
        Assert.False(await On(missing.ConnectionString).AreAppliedAsync(CancellationToken.None));
        missing.Database = "missing_" + missing.Database;
        Assert.False(await On(missing.ConnectionString).AreAppliedAsync(CancellationToken.None));
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        Assert.True(await On(database).AreAppliedAsync(CancellationToken.None));
        await ClusterFolder.AskAsync(database, $"INSERT INTO {History} VALUES ('{Newest}', '11.0.0')");
        Assert.False(await On(database).AreAppliedAsync(CancellationToken.None));
        await ClusterFolder.AskAsync(database, $"DELETE FROM {History} WHERE migration_id >= '{Newest[..4]}'");
        Assert.True(await On(database).AreAppliedAsync(CancellationToken.None));
        await ClusterFolder.AskAsync(database, $"DELETE FROM {History} WHERE migration_id LIKE '%_Initial'");
        Assert.False(await On(database).AreAppliedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_is_killed_has_recorded_which_servers_can_use_the_schema()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        using var killed = new CancellationTokenSource();
        var migrations = new Migrations(database, said =>
        {
            if (said == "Applying Initial …")
                killed.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => migrations.ApplyAsync(killed.Token));
        Assert.Equal(
            Promise + Equaticket.Host.Hosting.Migrations.UsableFrom,
            await ClusterFolder.AskAsync(database, ReadPromise));
    }

    [Fact]
    public async Task A_run_keeps_the_promise_of_a_newer_release()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await ClusterFolder.AskAsync(database, $"""
            CREATE TABLE {History} (migration_id text PRIMARY KEY, product_version text NOT NULL);
            COMMENT ON TABLE {History} IS '{Promise}{Newest}'
            """);
        Assert.NotEmpty(await On(database).ApplyAsync(CancellationToken.None));
        Assert.Equal(Promise + Newest, await ClusterFolder.AskAsync(database, ReadPromise));
    }

    [Fact]
    public async Task The_oldest_schema_that_this_release_accepts_is_one_of_its_migrations()
    {
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        Assert.Equal(1L, await ClusterFolder.AskAsync(
            database,
            $"SELECT count(*) FROM {History} WHERE migration_id = '{Equaticket.Host.Hosting.Migrations.UsableFrom}'"));
    }

    [Fact]
    [Trait("Category", "Heavy")]
    public async Task Serve_with_no_migrate_exits_with_the_error_message()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        var refused = await HostProgram.RunAsync(
            Path.GetTempPath(), "serve --no-migrate",
            ("ConnectionStrings__Equaticket", database), ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Run ./equaticket migrate, or start the server", refused.Errors, StringComparison.Ordinal);
    }

    private Migrations On(string database) => new(database, _said.Enqueue);

    private async Task AssertRefusedAsync(string database, params string[] parts)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(
            () => On(database).RequireUsableAsync(CancellationToken.None));
        Assert.All(parts, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
