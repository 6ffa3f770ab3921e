using Equaticket.Schema.Payments;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Equaticket.Host.Telemetry;

/// <summary>
/// Exports metrics and spans through OpenTelemetry: over OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and metrics
/// to Prometheus if <c>Metrics__Port</c> is set. Without either, nothing listens to any instrument or source.
/// </summary>
internal static class TelemetryServices
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    private static readonly string[] Meters =
    [
        Schema.Execution.Telemetry.MeterName, StripeMetrics.MeterName, "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime",
    ];

    private static readonly string[] Sources =
        [Schema.Execution.Telemetry.MeterName, "Microsoft.AspNetCore", "Npgsql", "System.Net.Http"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        var isPushed = configuration[Endpoint] is { Length: > 0 };
        var isScraped = configuration.GetSection(MetricsOptions.Section)["Port"] is { Length: > 0 };
        if (!isPushed && !isScraped)
            return;
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration[ServiceName] ?? "equaticket"))
            .WithMetrics(metrics => Configure(metrics, isScraped));
        services.AddHostedService<BacklogMetrics>();
        if (isScraped)
        {
            services.AddSingleton<MetricsListener>();
            services.AddHostedService(provider => provider.GetRequiredService<MetricsListener>());
        }

        if (isPushed)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(Sources).AddProcessor(new SpanRules()))
                .UseOtlpExporter();
        }
    }

    /// <summary>Adds request tags to spans, if spans are exported.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        if (app.Services.GetService<TracerProvider>() is not null)
            app.UseMiddleware<RequestSpans>();
    }

    private static void Configure(MeterProviderBuilder metrics, bool isScraped)
    {
        metrics.AddMeter(Meters);
        if (isScraped)
            metrics.AddPrometheusExporter();
    }
}
