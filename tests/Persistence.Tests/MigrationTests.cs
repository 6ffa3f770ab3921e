using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Persistence.Tests;

public sealed class MigrationTests
{
    [Fact]
    public async Task The_migrations_match_the_model()
    {
        var host = await TestHost.SharedAsync();
        await using var database = host.Get<TenantContexts>().Lease(null);
        Assert.False(
            database.Database.HasPendingModelChanges(),
            "Add a migration: dotnet ef migrations add <Name> --project src/Persistence");
    }

    [Fact]
    public async Task The_last_migration_is_undone_and_applied_again()
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await using var services = Services(connectionString);
        await using var database = services.GetRequiredService<TenantContexts>().Lease(null);
        var migrations = database.Database.GetMigrations().ToList();
        await database.Database.MigrateAsync();
        await database.Database.MigrateAsync(migrations[^2]);
        Assert.Equal(migrations[..^1], await database.Database.GetAppliedMigrationsAsync());
        await database.Database.MigrateAsync();
        Assert.Empty(await database.Database.GetPendingMigrationsAsync());
        Assert.False(await database.Events.AnyAsync());
    }

    [Fact]
    public async Task All_migrations_apply_to_an_empty_database_and_then_nothing_is_pending()
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await using var services = Services(connectionString);
        await using var database = services.GetRequiredService<TenantContexts>().Lease(null);
        Assert.NotEmpty(await database.Database.GetPendingMigrationsAsync());
        await database.Database.MigrateAsync();
        Assert.Empty(await database.Database.GetPendingMigrationsAsync());
        Assert.Equal(
            database.Database.GetMigrations(), await database.Database.GetAppliedMigrationsAsync());
        Assert.False(await database.Organizations.AnyAsync());
        await database.Database.MigrateAsync();
    }

    private static ServiceProvider Services(string connectionString) => new ServiceCollection()
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddPersistence(_ => connectionString)
        .BuildServiceProvider();
}
