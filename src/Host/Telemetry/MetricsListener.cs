using System.ComponentModel.DataAnnotations;
using Equaticket.Host.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Equaticket.Host.Telemetry;

/// <summary>Configures the endpoint that Prometheus scrapes (<c>Metrics__Port</c>).</summary>
internal sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>A dedicated port, on all network interfaces; 0 picks a free one. Without it, nothing listens.</summary>
    [Range(0, 65_535, ErrorMessage = "Metrics__Port must be between 0 and 65535.")]
    public int? Port { get; set; }
}

/// <summary>
/// Serves metrics on a dedicated port from a separate web server, so that no request to the public listener can
/// reach them.
/// </summary>
internal sealed class MetricsListener(IOptions<MetricsOptions> options, MeterProvider meters)
    : IHostedService, IAsyncDisposable
{
    public const string Path = "/metrics";

    private WebApplication? _app;

    /// <summary>The URL it listens on, such as <c>http://[::]:9464</c>; null before it starts.</summary>
    public string? Url => _app?.Urls.First();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(options.Value.Port!.Value);
        });
        builder.Services.AddOptions();
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(
            meters, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        _app.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException fault)
        {
            throw new ConfigurationException(
                $"Metrics__Port: {fault.Message.TrimEnd('.')}. Choose another port, or stop the process that uses it.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
