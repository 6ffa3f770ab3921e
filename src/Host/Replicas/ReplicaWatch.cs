using System.Diagnostics.Metrics;
using System.Globalization;
using Equaticket.Persistence.Replicas;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Replicas;

/// <summary>Measures the replicas, and decides whether reads use them.</summary>
internal sealed class ReplicaWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private readonly ReplicaPool _replicas;
    private readonly TimeSpan _maxLag;
    private readonly TimeProvider _clock;
    private readonly ILogger<ReplicaWatch> _log;
    private readonly long _start;

    public ReplicaWatch(
        ReplicaPool replicas,
        IOptions<ReplicaOptions> options,
        TimeProvider clock,
        ILogger<ReplicaWatch> log,
        IMeterFactory meters)
    {
        (_replicas, _clock, _log) = (replicas, clock, log);
        (_maxLag, _start) = (TimeSpan.FromSeconds(options.Value.MaxLagSeconds), clock.GetTimestamp());
        meters.Create(Schema.Execution.Telemetry.MeterName).CreateObservableGauge(
            "equaticket.replica.lag", Lags, "s", "How old the state of a replica is, by replica.");
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_replicas.All.Select(replica => WatchAsync(replica, stoppingToken)));

    private async Task WatchAsync(Replica replica, CancellationToken cancellationToken)
    {
        var isAway = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var trouble = await TroubleOfAsync(replica);
            if (trouble is not null)
            {
                replica.Avoid();
                if (!isAway && !cancellationToken.IsCancellationRequested)
                    _log.LogWarning("Replica {Replica} serves no reads: {Reason}.", replica.Name, trouble);
                isAway = true;
            }
            else if (replica is { IsUsable: false, CurrentAt: not null })
            {
                replica.Use();
                _log.LogInformation("Replica {Replica} serves reads again.", replica.Name);
                isAway = false;
            }

            await Task.Delay(Interval, _clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> TroubleOfAsync(Replica replica)
    {
        try
        {
            await _replicas.Writes!.HearAsync();
            await replica.MeasureAsync(_replicas.Writes.Primary, Bound);
            var lag = LagOf(replica);
            return lag <= _maxLag
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"it lags by {lag.TotalSeconds:0.0} s");
        }
        catch (TimeoutException)
        {
            return "it does not respond";
        }
        catch (Exception fault)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    private TimeSpan LagOf(Replica replica) => _clock.GetElapsedTime(replica.CurrentAt ?? _start);

    private IEnumerable<Measurement<double>> Lags() =>
        from replica in _replicas.All
        where !replica.IsPrimary
        select new Measurement<double>(
            LagOf(replica).TotalSeconds, new KeyValuePair<string, object?>("replica", replica.Name));
}
