using System.Text;
using Equaticket.Dashboard;
using Equaticket.Host.Activity;
using Equaticket.Host.GraphQL;
using Equaticket.Host.Home;
using Equaticket.Host.Http;
using Equaticket.Host.Jobs;
using Equaticket.Host.Load;
using Equaticket.Host.RateLimiting;
using Equaticket.Host.Replicas;
using Equaticket.Host.Stripe;
using Equaticket.Host.Telemetry;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.RestFacade;
using Equaticket.RestFacade.Binding;

namespace Equaticket.Host.Hosting;

/// <summary>Builds the web server.</summary>
internal static class EquaticketServer
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Settings that override the environment, for tests that run commands in their own process.</summary>
    internal static readonly AsyncLocal<IReadOnlyDictionary<string, string?>?> Overrides = new();

    /// <param name="connectionString">The database, whose migrations may still be pending.</param>
    /// <param name="configure">Last changes before the server is built, for tests.</param>
    /// <exception cref="InvalidOperationException">
    /// Routes, operations, and schema do not match.
    /// </exception>
    public static WebApplication Build(
        string connectionString, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder();
        var direct = ConnectionStrings.Read(builder.Configuration, "EquaticketDirect")?.ConnectionString
            ?? connectionString;
        builder.Services.AddEquaticket(connectionString, direct);
        if (builder.Configuration.GetValue("Database:PrepareStatements", defaultValue: true))
            builder.Services.AddPreparedStatements();
        builder.Services.AddDoors(PublicUrl.Read(builder.Configuration));
        builder.AddRateLimits();
        builder.Services.AddSingleton<HostMetrics>();
        builder.Services.AddLoadShedding();
        builder.Services.AddSingleton(new ListenerConnection(direct));
        builder.Services.AddBackgroundWork();
        builder.Services.AddHealthPages();
        builder.Services.AddShutdown();
        configure?.Invoke(builder);
        builder.AddReplicas(direct);
        builder.AddTelemetry();
        var app = builder.Build();
        // The models of Entity Framework and GraphQL take about a second each, so they are built at the same time.
        _ = Task.Run(() => app.Services.GetRequiredService<TenantContexts>().BuildModel());
        app.UseTrustedProxies();
        app.UseDraining();
        app.UseMiddleware<RequestIds>();
        app.UseTelemetry();
        app.UseMiddleware<ActivityRecording>();
        app.UseMiddleware<ErrorHandling>();
        app.UseRouting();
        app.UseCors();
        app.UseDashboard();
        app.UseReplicas();
        app.UseMiddleware<CallerIdentification>();
        app.UseMiddleware<LoadShedding>();
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
        if (Overrides.Value is { } overrides)
            builder.Configuration.AddInMemoryCollection(overrides);
        if (!Listeners.AreConfigured(builder.Configuration))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Reads enough of an oversized body that the error response still reaches the client.
            kestrel.Limits.MaxRequestBodySize = 64 * RequestBody.Limit;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        return builder;
    }
}
