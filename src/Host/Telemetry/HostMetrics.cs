using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Equaticket.Host.Telemetry;

/// <summary>Metrics of the host other than requests. An instrument without a listener does nothing.</summary>
internal sealed class HostMetrics
{
    private readonly Counter<long> _limited;
    private readonly Counter<long> _overloaded;
    private readonly Counter<long> _jobFailures;
    private readonly UpDownCounter<long> _streams;
    private readonly ConcurrentDictionary<string, double> _lastSuccesses = new();
    private readonly TimeProvider _clock;

    public HostMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(Schema.Execution.Telemetry.MeterName);
        _limited = meter.CreateCounter<long>(
            "equaticket.rate_limit.refusals", "{request}", "Requests refused by a rate limit, by its window.");
        _overloaded = meter.CreateCounter<long>(
            "equaticket.load.refusals", "{request}", "Requests refused because the server is busy, by reason.");
        _streams = meter.CreateUpDownCounter<long>(
            "equaticket.streams.open", "{stream}", "Open subscriptions.");
        _jobFailures = meter.CreateCounter<long>(
            "equaticket.jobs.failures", "{run}", "Runs of jobs that failed, by job.");
        meter.CreateObservableGauge(
            "equaticket.jobs.last_success", LastSuccesses, "s", "When a job last succeeded, as a Unix time, by job.");
    }

    public void Limited(string window) => _limited.Add(1, new KeyValuePair<string, object?>("window", window));

    public void Overloaded(string reason) => _overloaded.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void StreamOpened() => _streams.Add(1);

    public void StreamClosed() => _streams.Add(-1);

    public void JobSucceeded(string job) =>
        _lastSuccesses[job] = _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1_000d;

    public void JobFailed(string job) => _jobFailures.Add(1, Of(job));

    private IEnumerable<Measurement<double>> LastSuccesses() =>
        _lastSuccesses.Select(entry => new Measurement<double>(entry.Value, Of(entry.Key)));

    private static KeyValuePair<string, object?> Of(string job) => new("job.name", job);
}
