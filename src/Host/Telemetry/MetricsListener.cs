using System.ComponentModel.DataAnnotations;
using Equaticket.Host.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Equaticket.Host.Telemetry;

/// <summary>Where Prometheus reads metrics (<c>Metrics__Port</c>).</summary>
internal sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>A port of its own, on all addresses; 0 chooses one. Without it, nothing listens.</summary>
    [Range(0, 65_535, ErrorMessage = "Metrics__Port must be between 0 and 65535.")]
    public int? Port { get; set; }
}

/// <summary>
/// Serves metrics on a port of its own, by a web server of its own: whatever the public listener is asked for, it
/// can't serve them.
/// </summary>
internal sealed class MetricsListener(IOptions<MetricsOptions> options, MeterProvider meters)
    : IHostedService, IAsyncDisposable
{
    public const string Path = "/metrics";

    private WebApplication? _app;

    /// <summary>Where it listens, such as <c>http://[::]:9464</c>; null before the start.</summary>
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
                $"Metrics__Port: {fault.Message.TrimEnd('.')}. Choose another port, or stop what listens there.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
