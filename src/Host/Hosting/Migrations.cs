using System.Reflection;
using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Applies pending migrations, without a time limit, and rejects a schema that this release can't use. An advisory lock
/// makes processes that migrate concurrently take turns.
/// </summary>
/// <param name="connectionString">
/// A connection string that bypasses poolers, because the session holds the lock.
/// </param>
/// <param name="say">Shows progress to the operator.</param>
internal sealed class Migrations(string connectionString, Action<string> say)
{
    /// <summary>
    /// The newest migration of the previous release, whose servers can use the schema of this one. A release that
    /// changes the schema sets this to the last migration of the previous release.
    /// </summary>
    public const string UsableFrom = "20261129052157_ListingChanges";

    private const long Lock = 0x4571_7561_7469_636b;
    private const string Promise = "Usable by servers from the migration ";

    private readonly string _connectionString = Settings(connectionString);

    /// <summary>
    /// Whether the database has exactly the migrations of this release, as it has at almost every start. This asks
    /// without Entity Framework, which takes a second to load.
    /// </summary>
    public async Task<bool> AreAppliedAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(_connectionString);
        await using var query = database.CreateCommand(
            """SELECT array_agg(migration_id) FROM "__EFMigrationsHistory" """);
        try
        {
            return await query.ExecuteScalarAsync(cancellationToken) is string[] applied
                && applied.ToHashSet(StringComparer.Ordinal).SetEquals(typeof(EquaticketDbContext).Assembly.GetTypes()
                    .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>());
        }
        catch (PostgresException)
        {
            return false; // The database or the table doesn't exist yet, or this role can't use it.
        }
    }

    /// <returns>The names of the migrations that were applied.</returns>
    /// <exception cref="ConfigurationException">
    /// The schema belongs to a release that this one can't work with.
    /// </exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        await using var database = PersistenceServices.Connect(_connectionString, Announce);
        await CreateDatabaseAsync(database, cancellationToken);
        if ((await PendingAsync(database, cancellationToken)).Count == 0)
            return [];
        database.Database.SetCommandTimeout(TimeSpan.Zero);
        await database.Database.OpenConnectionAsync(cancellationToken);
        await database.Database.ExecuteSqlRawAsync(HostConnection.Unbound, cancellationToken);
        await TakeLockAsync(database, cancellationToken);
        var pending = await PendingAsync(database, cancellationToken);
        if (pending.Count == 0)
            return [];
        say($"Applying {pending.Count} {(pending.Count == 1 ? "migration" : "migrations")} …");
        await PromiseAsync(database, cancellationToken);
        await database.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    /// <summary>Only checks the schema, for a server whose migrations are applied by a separate job.</summary>
    /// <exception cref="ConfigurationException">
    /// The schema is older than this release, or newer by more than one.
    /// </exception>
    public async Task RequireUsableAsync(CancellationToken cancellationToken)
    {
        await using var database = PersistenceServices.Connect(_connectionString);
        if (await PendingAsync(database, cancellationToken) is { Count: > 0 } pending)
        {
            throw new ConfigurationException(
                $"The database lacks the migrations from {pending[0]} on. "
                + "Run ./equaticket migrate, or start the server without --no-migrate.");
        }
    }

    /// <returns>The pending migrations of a database that this release can use.</returns>
    private static async Task<IReadOnlyList<string>> PendingAsync(
        EquaticketDbContext database, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> known = [.. database.Database.GetMigrations()];
        IReadOnlyList<string> applied = [.. await database.Database.GetAppliedMigrationsAsync(cancellationToken)];
        if (applied.Count == 0)
            await RequireVisibleAsync(database, cancellationToken);
        if (applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } newest)
            await RequirePromiseAsync(database, known[^1], newest, cancellationToken);
        return [.. known.Except(applied, StringComparer.Ordinal)];
    }

    /// <summary>To a role that may not use the schema, a migrated database looks empty.</summary>
    private static async Task RequireVisibleAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        var hidden = await database.Database.SqlQuery<string>(
            $"""
            SELECT format('%I can''t use the schema %I', current_user, nspname) AS "Value"
            FROM pg_class JOIN pg_namespace AS schema ON schema.oid = relnamespace
            WHERE relname = '__EFMigrationsHistory' AND NOT has_schema_privilege(schema.oid, 'USAGE')
            """).ToListAsync(cancellationToken);
        if (hidden is [var refusal, ..])
        {
            throw new ConfigurationException(
                $"The database role {refusal}, which contains the tables. Grant it USAGE, or run "
                + "deploy/postgresql/roles.sql again.");
        }
    }

    /// <summary>
    /// Records which servers can use the new schema: before it changes, because they must also start if this process is
    /// killed. The promise of a newer release stays.
    /// </summary>
    private static async Task PromiseAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        await database.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        if (string.CompareOrdinal(await PromisedAsync(database, cancellationToken), UsableFrom) < 0)
        {
            await database.Database.ExecuteSqlRawAsync(
                $"COMMENT ON TABLE \"__EFMigrationsHistory\" IS '{Promise}{UsableFrom}'", cancellationToken);
        }
    }

    /// <returns>The first migration whose servers can use the schema; null if that isn't recorded.</returns>
    private static async Task<string?> PromisedAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        var comments = await database.Database.SqlQuery<string?>(
            $"""SELECT obj_description('"__EFMigrationsHistory"'::regclass, 'pg_class') AS "Value" """)
            .ToListAsync(cancellationToken);
        return comments is [{ } comment] && comment.StartsWith(Promise, StringComparison.Ordinal)
            ? comment[Promise.Length..]
            : null;
    }

    /// <summary>A newer release has migrated the database, and recorded which servers can still use it.</summary>
    private static async Task RequirePromiseAsync(
        EquaticketDbContext database, string ours, string newest, CancellationToken cancellationToken)
    {
        if (await PromisedAsync(database, cancellationToken) is not { } promised
            || string.CompareOrdinal(promised, ours) > 0)
        {
            throw new ConfigurationException(
                $"The database was migrated by a newer release (up to {newest}), which this release can't use. A "
                + "server works with the schema of its release and of the next one. Start a newer release.");
        }
    }

    private static async Task CreateDatabaseAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        var creator = database.Database.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState
            is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process has just created it.
        }
    }

    private async Task TakeLockAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        var taken = await database.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({Lock}) AS \"Value\"")
            .ToListAsync(cancellationToken);
        if (taken is [true])
            return;
        say("Another process is migrating this database. Waiting for it …");
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", cancellationToken);
        say("The other process has finished.");
    }

    private void Announce(EventData data)
    {
        if (data is MigrationEventData { Migration: var migration })
            say($"Applying {migration.GetType().Name} …");
    }

    private static string Settings(string connectionString)
    {
        var settings = HostConnection.Of(connectionString, "equaticket migrations");
        settings.Pooling = false;
        return settings.ConnectionString;
    }
}
