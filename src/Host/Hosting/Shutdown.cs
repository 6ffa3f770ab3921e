using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Hosting;

/// <summary>Settings of the shutdown (<c>Shutdown__DrainSeconds</c>, <c>Shutdown__TimeoutSeconds</c>).</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>
    /// How long the server keeps accepting requests after the signal, while <c>/readyz</c> returns 503.
    /// </summary>
    [Range(0, 600, ErrorMessage = "Shutdown__DrainSeconds must be between 0 and 600.")]
    public int DrainSeconds { get; set; }

    /// <summary>How long open requests, deliveries, and the activity log may then take to finish.</summary>
    [Range(1, 600, ErrorMessage = "Shutdown__TimeoutSeconds must be between 1 and 600.")]
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>
/// Stops the server on Ctrl-C or SIGTERM. It drains first, so that load balancers stop sending requests before the
/// listener closes, and then stops the host. A second signal terminates the process immediately.
/// </summary>
internal sealed class Shutdown(
    IHostApplicationLifetime lifetime,
    IOptions<ShutdownOptions> options,
    TimeProvider clock,
    ILogger<Shutdown> log) : IHostLifetime, IDisposable
{
    /// <summary>The grace period for final writes after the shutdown timeout, such as when a request hangs.</summary>
    public static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(2);

    private static readonly PosixSignal[] Signals =
        [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _hasBegun;

    /// <summary>Whether this server should receive no more requests.</summary>
    public bool HasBegun =>
        Volatile.Read(ref _hasBegun) != 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Starts to drain, and then stops the host.</summary>
    /// <returns>False if draining has already started.</returns>
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
        // A signal that is not canceled terminates the process.
        _registrations.AddRange(Signals.Select(signal =>
            PosixSignalRegistration.Create(signal, received => received.Cancel = Begin())));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private async Task DrainAsync(TimeSpan drain)
    {
        if (drain > TimeSpan.Zero)
            log.LogInformation(
                "Draining for {Seconds} s. Send the signal again to stop immediately.", drain.TotalSeconds);
        await Task.Delay(drain, clock, lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}

/// <summary>Registers the shutdown.</summary>
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

    /// <summary>Makes clients of a draining server reconnect, so that they reach another server.</summary>
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
