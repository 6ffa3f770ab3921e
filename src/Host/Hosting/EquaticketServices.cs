using Equaticket.Dashboard;
using Equaticket.Host.GraphQL;
using Equaticket.Host.Http;
using Equaticket.Host.Stripe;
using Equaticket.Http;
using Equaticket.Persistence;
using Equaticket.RestFacade;
using Equaticket.Schema;
using Equaticket.Schema.Emails;
using Microsoft.AspNetCore.Hosting.Server;

namespace Equaticket.Host.Hosting;

/// <summary>Registers the product for the server, the commands and the tests.</summary>
internal static class EquaticketServices
{
    /// <summary>Registers the services for commands: the database and everything behind the schema.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="direct">The database without a connection pooler in between; null if there is none.</param>
    public static IServiceCollection AddEquaticket(
        this IServiceCollection services, string connectionString, string? direct = null) =>
        services.AddSingleton(new DatabaseClock(TimeProvider.System))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>())
            .AddPersistence(_ => connectionString, _ => direct ?? connectionString)
            .AddStoredSecrets()
            .AddStripe()
            .AddEmail()
            .AddMetrics()
            .AddEquaticketSchema();

    private static IServiceCollection AddEmail(this IServiceCollection services)
    {
        services.AddOptions<EmailOptions>()
            .Configure<IConfiguration>((options, configuration) =>
                options.Folder = Path.Join(DatabaseAccess.FolderOf(configuration), "mail"))
            .BindConfiguration(EmailOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }

    /// <summary>Registers additional services for the server: REST, GraphQL over HTTP and the dashboard.</summary>
    public static IServiceCollection AddDoors(
        this IServiceCollection services, string? publicUrl) =>
        services.AddSingleton(provider => new PublicAddress(
                publicUrl, () => Listeners.UrlOf(provider.GetRequiredService<IServer>())))
            .AddSingleton(provider =>
                provider.GetRequiredService<PublicAddress>().WithoutRequest)
            .AddSingleton<SameOriginRule>()
            .AddSingleton<Sessions>()
            .AddRestFacade()
            .AddDashboard()
            .AddStripeWebhook()
            .AddGraphQLEndpoint();
}
