using System.Diagnostics.Metrics;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Delivery metrics: time in the queue, duration of attempts, and outcomes.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Histogram<double> _queueAge;
    private readonly Histogram<double> _attempts;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.MeterName);
        _queueAge = meter.CreateHistogram(
            "equaticket.webhooks.queue_age", "s", "Time from when a delivery was due to its attempt.",
            tags: null, Telemetry.Durations);
        _attempts = meter.CreateHistogram(
            "equaticket.webhooks.attempts", "s", "Duration of attempts, by outcome.", tags: null, Telemetry.Durations);
    }

    public void Claimed(TimeSpan age) => _queueAge.Record(age.TotalSeconds);

    public void Ended(DeliveryOutcome outcome)
    {
        if (outcome.Attempt is not { } attempt)
            return;
        _attempts.Record(
            attempt.DurationMs / 1_000d,
            new KeyValuePair<string, object?>("outcome", WireNames<WebhookDeliveryStatus>.Of(outcome.Status)),
            new KeyValuePair<string, object?>("http.response.status_code", attempt.ResponseStatus));
    }
}
