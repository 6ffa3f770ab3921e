using System.Text;
using Equaticket.Dashboard;
using Equaticket.Host.Activity;
using Equaticket.Host.GraphQL;
using Equaticket.Host.Home;
using Equaticket.Host.Http;
using Equaticket.Host.Jobs;
using Equaticket.Host.RateLimiting;
using Equaticket.Host.Stripe;
using Equaticket.RestFacade;
using Equaticket.RestFacade.Binding;

namespace Equaticket.Host.Hosting;

/// <summary>Builds the web server.</summary>
internal static class EquaticketServer
{
    public const string DefaultUrl = "http://localhost:5080";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    /// <param name="connectionString">The database, which may still lack the latest migrations.</param>
    /// <param name="configure">Final changes before the server is built, for tests.</param>
    /// <exception cref="InvalidOperationException">
    /// Routes, operations and schema do not match.
    /// </exception>
    public static WebApplication Build(
        string connectionString, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder();
        builder.Services.AddEquaticket(connectionString);
        builder.Services.AddDoors(
            builder.Configuration["Equaticket:PublicUrl"], PublicUrlOf(ListenUrls(builder.Configuration)[0]));
        builder.AddRateLimits();
        builder.Services.AddSingleton(new ListenerConnection(
            builder.Configuration.GetConnectionString("EquaticketDirect") ?? connectionString));
        builder.Services.AddBackgroundWork();
        builder.Services.AddHealthPages();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<ActivityRecording>();
        app.UseMiddleware<ErrorHandling>();
        app.UseRouting();
        app.UseCors();
        app.UseDashboard();
        app.UseMiddleware<CallerIdentification>();
        app.MapGraphQL();
        app.MapHomePage();
        app.MapApiPages();
        app.MapHealthPages();
        app.MapStripeWebhook();
        app.MapDashboard();
        app.MapRestFacade();
        return app;
    }

    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(ListenUrls(builder.Configuration));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Reads enough of an oversized body that the refusal still reaches the client.
            kestrel.Limits.MaxRequestBodySize = 64 * RequestBody.Limit;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <summary>A listener on all addresses is reachable from this machine as localhost.</summary>
    public static string PublicUrlOf(string listenUrl) =>
        listenUrl.Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal);

    public static string[] ListenUrls(IConfiguration configuration) =>
        (configuration["URLS"] is { Length: > 0 } given ? given : DefaultUrl)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
