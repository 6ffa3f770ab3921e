using System.Diagnostics.Metrics;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Replicas;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>Registers the database services.</summary>
public static class PersistenceServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">
    /// Reads the connection string when the first connection is opened, so that a host can start its
    /// database first.
    /// </param>
    /// <param name="direct">
    /// Reads the connection string that bypasses a connection pooler, if there is one.
    /// </param>
    public static IServiceCollection AddPersistence(
        this IServiceCollection services,
        Func<IServiceProvider, string> connectionString,
        Func<IServiceProvider, string>? direct = null)
    {
        services.AddSingleton(provider => CreateDataSource(
            new NpgsqlConnectionStringBuilder(connectionString(provider)), "equaticket"));
        services.AddSingleton(provider => new CounterDatabase((direct ?? connectionString)(provider)));
        services.AddPooledDbContextFactory<EquaticketDbContext>((provider, options) =>
            Configure(options, provider.GetRequiredService<NpgsqlDataSource>())
                .AddInterceptors(
                    new CommitInBatch(),
                    new WebhookCommitInterceptor(provider.GetRequiredService<WebhookSignal>()),
                    new SoldTickets(provider.GetRequiredService<IMeterFactory>())));
        services.AddSingleton<WebhookSignal>();
        services.AddSingleton<TenantContexts>();
        services.AddSingleton(ReplicaPool.None);
        services.AddSingleton<RowStamps>();
        return services;
    }

    /// <summary>Prepares statements, for processes that send the same statements repeatedly.</summary>
    public static IServiceCollection AddPreparedStatements(this IServiceCollection services) =>
        services.ConfigureDbContext<EquaticketDbContext>(options => options.AddInterceptors(new PreparedStatements()));

    /// <summary>Creates a context with a separate connection, to migrate the database.</summary>
    /// <param name="connectionString">The connection string, used unchanged.</param>
    /// <param name="migrating">Called before each migration is applied.</param>
    public static EquaticketDbContext Connect(string connectionString, Action<EventData>? migrating = null)
    {
        var options = new DbContextOptionsBuilder<EquaticketDbContext>();
        Shape(options.UseNpgsql(connectionString));
        if (migrating is not null)
            options.LogTo((id, _) => id == RelationalEventId.MigrationApplying, migrating);
        return new EquaticketDbContext(options.Options);
    }

    internal static DbContextOptionsBuilder Configure(
        DbContextOptionsBuilder options, NpgsqlDataSource database) => Shape(options.UseNpgsql(database));

    private static DbContextOptionsBuilder Shape(DbContextOptionsBuilder options) =>
        options.UseSnakeCaseNamingConvention().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    /// <param name="given">The configured connection string.</param>
    /// <param name="name">Names the pool in metrics and spans, which otherwise show the connection string.</param>
    internal static NpgsqlDataSource CreateDataSource(NpgsqlConnectionStringBuilder given, string name)
    {
        var source = new NpgsqlDataSourceBuilder(Settings(given.ConnectionString).ConnectionString) { Name = name };
        // Polling is not part of a request, an operation, or a job. Its spans would flood the traces.
        return source.ConfigureTracing(spans => spans
            .ConfigureCommandFilter(_ => System.Diagnostics.Activity.Current is not null)
            .ConfigureBatchFilter(_ => System.Diagnostics.Activity.Current is not null)
            .EnableFirstResponseEvent(enable: false)).Build();
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = HostConnection.Of(connectionString, "equaticket");
        settings.Timezone = "UTC";
        // PreparedStatements decides which statements are prepared.
        settings.MaxAutoPrepare = 0;
        // A reset isn't needed: no setting or lock outlives its transaction.
        settings.NoResetOnClose = true;
        // WriteTransaction asks which statement of a batch has failed.
        settings.IncludeFailedBatchedCommand = true;
        return settings;
    }
}

/// <summary>Lets <c>dotnet ef migrations add</c> read the model; it never connects.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<EquaticketDbContext>
{
    public EquaticketDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<EquaticketDbContext>();
        PersistenceServices.Configure(options, NpgsqlDataSource.Create("Host=localhost"));
        return new EquaticketDbContext(options.Options);
    }
}
