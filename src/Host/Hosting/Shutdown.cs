using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Hosting;

/// <summary>How the server stops (<c>Shutdown__DrainSeconds</c>, <c>Shutdown__TimeoutSeconds</c>).</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>How long it still accepts requests after the signal, while <c>/readyz</c> returns 503.</summary>
    [Range(0, 600, ErrorMessage = "Shutdown__DrainSeconds must be between 0 and 600.")]
    public int DrainSeconds { get; set; }

    /// <summary>How long requests in progress, deliveries and the activity log then have to finish.</summary>
    [Range(1, 600, ErrorMessage = "Shutdown__TimeoutSeconds must be between 1 and 600.")]
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>
/// Stops the server on Ctrl-C or SIGTERM: it drains, so that load balancers stop sending requests before the
/// listener closes, and then the host stops. A second signal ends the process at once.
/// </summary>
internal sealed class Shutdown(
    IHostApplicationLifetime lifetime,
    IOptions<ShutdownOptions> options,
    TimeProvider clock,
    ILogger<Shutdown> log) : IHostLifetime, IDisposable
{
    /// <summary>What may be written once the host waits no longer, as after a request that hung.</summary>
    public static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(2);

    private static readonly PosixSignal[] Signals =
        [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _hasBegun;

    /// <summary>Whether this server should get no further requests.</summary>
    public bool HasBegun =>
        Volatile.Read(ref _hasBegun) != 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Begins to drain, and stops the host afterwards.</summary>
    /// <returns>False if it had begun before.</returns>
    public bool Begin()
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) != 0)
            return false;
        _ = DrainAsync(lifetime.ApplicationStarted.IsCancellationRequested
            ? TimeSpan.FromSeconds(options.Value.DrainSeconds)
            : TimeSpan.Zero);
        return true;
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        // A signal that isn't cancelled ends the process.
        _registrations.AddRange(Signals.Select(signal =>
            PosixSignalRegistration.Create(signal, received => received.Cancel = Begin())));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private async Task DrainAsync(TimeSpan drain)
    {
        if (drain > TimeSpan.Zero)
            log.LogInformation("Draining for {Seconds} s. Send the signal again to end at once.", drain.TotalSeconds);
        await Task.Delay(drain, clock, lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}

/// <summary>Wires the shutdown into the host.</summary>
internal static class ShutdownServices
{
    public static IServiceCollection AddShutdown(this IServiceCollection services)
    {
        services.AddOptions<ShutdownOptions>().BindConfiguration(ShutdownOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(shutdown.Value.TimeoutSeconds));
        return services.AddSingleton<Shutdown>()
            .AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<Shutdown>());
    }

    /// <summary>Asks clients of a draining server to connect again, to another one.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var shutdown = app.Services.GetRequiredService<Shutdown>();
        app.Use((HttpContext http, RequestDelegate next) =>
        {
            if (shutdown.HasBegun && HttpProtocol.IsHttp11(http.Request.Protocol))
                http.Response.Headers.Connection = "close";
            return next(http);
        });
    }
}
