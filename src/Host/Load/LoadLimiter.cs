using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Equaticket.Engine.Errors;
using Equaticket.Host.RateLimiting;
using Equaticket.Host.Telemetry;
using Equaticket.Http;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Load;

/// <summary>
/// Limits concurrent requests, in total and per tenant. Some of the excess waits briefly in a FIFO queue; the rest is
/// rejected immediately, before it costs anything, so that accepted requests stay fast.
/// </summary>
internal sealed class LoadLimiter : IDisposable
{
    private readonly ConcurrentDictionary<LoadTenant, int> _tenants = new();
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
            "{request}", "Requests in execution.");
        meter.CreateObservableGauge(
            "equaticket.load.waiting", () => Statistics.CurrentQueuedCount, "{request}", "Requests that wait.");
    }

    private RateLimiterStatistics Statistics => _limiter.GetStatistics()!;

    /// <returns>Null if the request must be rejected; otherwise a place to dispose when the request ends.</returns>
    public async ValueTask<LoadPlace?> EnterAsync(LoadTenant tenant, CancellationToken cancellationToken)
    {
        if (_tenants.AddOrUpdate(tenant, 1, (_, count) => count + 1) > _options.MaxPerTenant)
        {
            LeaveTenant(tenant);
            _metrics.Overloaded("tenant");
            return null;
        }

        try
        {
            if (await AcquireAsync(cancellationToken) is { IsAcquired: true } lease)
                return new LoadPlace(this, tenant, lease);
        }
        catch
        {
            LeaveTenant(tenant);
            throw;
        }

        LeaveTenant(tenant);
        _metrics.Overloaded("server");
        return null;
    }

    public void Dispose() => _limiter.Dispose();

    internal void LeaveTenant(LoadTenant tenant)
    {
        if (_tenants.AddOrUpdate(tenant, 0, (_, count) => count - 1) == 0)
            _tenants.TryRemove(KeyValuePair.Create(tenant, 0));
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

/// <summary>A tenant of the server: an organization, or the IP address of a caller without a key.</summary>
internal readonly record struct LoadTenant(Guid OrganizationId, string Address);

/// <summary>The slot of an executing request. A subscription releases it when it starts.</summary>
internal sealed class LoadPlace(LoadLimiter limiter, LoadTenant tenant, RateLimitLease lease) : IDisposable
{
    private int _hasLeft;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) != 0)
            return;
        lease.Dispose();
        limiter.LeaveTenant(tenant);
    }
}

/// <summary>Admits or rejects requests once their tenant is known.</summary>
internal sealed class LoadShedding(RequestDelegate next, LoadLimiter limiter)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AlwaysServed>() is not null)
        {
            await next(http);
            return;
        }

        using var place = await limiter.EnterAsync(TenantOf(http), http.RequestAborted);
        if (place is null)
        {
            await http.SendAsync(ApiError.Unavailable());
            return;
        }

        http.Features.Set(place);
        await next(http);
    }

    private static LoadTenant TenantOf(HttpContext http) => CallerFeature.Of(http).Tenant is { } tenant
        ? new LoadTenant(tenant.OrganizationId, "") : new LoadTenant(Guid.Empty, ClientAddress.Of(http));
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
