using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
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
    public static IServiceCollection AddPersistence(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddSingleton(provider => CreateDataSource(connectionString(provider)));
        services.AddSingleton(provider => new CounterDatabase(connectionString(provider)));
        services.AddPooledDbContextFactory<EquaticketDbContext>((provider, options) =>
            Configure(options, provider.GetRequiredService<NpgsqlDataSource>())
                .AddInterceptors(new WebhookCommitInterceptor(
                    provider.GetRequiredService<WebhookSignal>())));
        services.AddSingleton<WebhookSignal>();
        services.AddSingleton<TenantContexts>();
        services.AddSingleton<RowStamps>();
        return services;
    }

    /// <summary>Prepares statements, for processes that send the same statements repeatedly.</summary>
    public static IServiceCollection AddPreparedStatements(this IServiceCollection services) =>
        services.ConfigureDbContext<EquaticketDbContext>(options => options.AddInterceptors(new PreparedStatements()));

    internal static DbContextOptionsBuilder Configure(
        DbContextOptionsBuilder options, NpgsqlDataSource database) =>
        options.UseNpgsql(database)
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    private static NpgsqlDataSource CreateDataSource(string connectionString) =>
        NpgsqlDataSource.Create(Settings(connectionString));

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = HostConnection.Of(connectionString, "equaticket");
        settings.Timezone = "UTC";
        // PreparedStatements decides which statements are prepared.
        settings.MaxAutoPrepare = 0;
        // No session keeps a setting or lock after its transaction ends.
        settings.NoResetOnClose = true;
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
