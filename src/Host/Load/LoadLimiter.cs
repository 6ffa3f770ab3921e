using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Equaticket.Engine.Errors;
using Equaticket.Host.Telemetry;
using Equaticket.Http;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Load;

/// <summary>
/// Limits concurrent requests, in total and per organization. Some of the excess waits briefly in a FIFO queue; the
/// rest is rejected immediately, before it costs anything, so that accepted requests stay fast.
/// </summary>
internal sealed class LoadLimiter : IDisposable
{
    private readonly ConcurrentDictionary<Guid, int> _organizations = new();
    private readonly ConcurrencyLimiter _limiter;
    private readonly LoadOptions _options;
    private readonly HostMetrics _metrics;

    public LoadLimiter(IOptions<LoadOptions> options, HostMetrics metrics, IMeterFactory meters)
    {
        (_options, _metrics) = (options.Value, metrics);
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = _options.MaxRequests,
            QueueLimit = _options.MaxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var meter = meters.Create(Schema.Execution.Telemetry.MeterName);
        meter.CreateObservableGauge(
            "equaticket.load.executing", () => _options.MaxRequests - Statistics.CurrentAvailablePermits,
            "{request}", "Requests that are running.");
        meter.CreateObservableGauge(
            "equaticket.load.waiting", () => Statistics.CurrentQueuedCount, "{request}", "Requests that wait.");
    }

    private RateLimiterStatistics Statistics => _limiter.GetStatistics()!;

    /// <returns>Null if the request must be rejected; otherwise a place to dispose when the request ends.</returns>
    /// <param name="organization">
    /// The caller's organization; null without a key. Such callers have no share: the rate limits per IP address bound
    /// them, and during a sale they are most of the load.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<LoadPlace?> EnterAsync(Guid? organization, CancellationToken cancellationToken)
    {
        if (organization is { } id
            && _organizations.AddOrUpdate(id, 1, (_, count) => count + 1) > _options.MaxPerTenant)
        {
            Leave(organization);
            _metrics.Overloaded("tenant");
            return null;
        }

        try
        {
            if (await AcquireAsync(cancellationToken) is { IsAcquired: true } lease)
                return new LoadPlace(this, organization, lease);
        }
        catch
        {
            Leave(organization);
            throw;
        }

        Leave(organization);
        _metrics.Overloaded("server");
        return null;
    }

    public void Dispose() => _limiter.Dispose();

    internal void Leave(Guid? organization)
    {
        if (organization is { } id && _organizations.AddOrUpdate(id, 0, (_, count) => count - 1) == 0)
            _organizations.TryRemove(KeyValuePair.Create(id, 0));
    }

    private async ValueTask<RateLimitLease?> AcquireAsync(CancellationToken cancellationToken)
    {
        var lease = _limiter.AttemptAcquire();
        if (lease.IsAcquired || _options.MaxWaiting == 0)
            return lease;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(_options.WaitSeconds));
        try
        {
            return await _limiter.AcquireAsync(1, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>The slot of an executing request. A response that waits for events releases it when it starts.</summary>
internal sealed class LoadPlace(LoadLimiter limiter, Guid? organization, RateLimitLease lease) : ILoadPlace
{
    private int _hasLeft;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) != 0)
            return;
        lease.Dispose();
        limiter.Leave(organization);
    }
}

/// <summary>Admits or rejects requests once their caller is known.</summary>
internal sealed class LoadShedding(RequestDelegate next, LoadLimiter limiter)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AlwaysServed>() is not null)
        {
            await next(http);
            return;
        }

        using var place = await limiter.EnterAsync(CallerFeature.Of(http).Tenant?.OrganizationId, http.RequestAborted);
        if (place is null)
        {
            await http.SendAsync(ApiError.Unavailable());
            return;
        }

        http.Features.Set<ILoadPlace>(place);
        await next(http);
    }
}

/// <summary>Marks an endpoint that the host serves no matter how busy it is.</summary>
internal sealed record AlwaysServed;

/// <summary>Registers load shedding.</summary>
internal static class LoadServices
{
    public static IServiceCollection AddLoadShedding(this IServiceCollection services)
    {
        services.AddOptions<LoadOptions>().BindConfiguration(LoadOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<LoadLimiter>();
    }
}
