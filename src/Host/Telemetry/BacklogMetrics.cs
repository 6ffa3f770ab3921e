using System.Diagnostics.Metrics;
using Equaticket.Schema.Execution;
using Npgsql;

namespace Equaticket.Host.Telemetry;

/// <summary>
/// Measures the backlog in the database: queued deliveries and unpaid checkouts that hold tickets. All hosts report
/// the same values, so aggregate them with the maximum, not the sum. Registered only if metrics are exported.
/// </summary>
internal sealed class BacklogMetrics : BackgroundService
{
    private const string Statement =
        """
        SELECT (SELECT count(*) FROM webhook_queue),
            coalesce((
                SELECT extract(epoch FROM now() - min(due_at)) FROM webhook_queue WHERE due_at < now()), 0)::float8,
            (SELECT count(*) FROM orders WHERE hold_expires_at IS NOT NULL)
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<BacklogMetrics> _log;
    private Backlog? _last;

    public BacklogMetrics(
        NpgsqlDataSource database, TimeProvider clock, ILogger<BacklogMetrics> log, IMeterFactory meters)
    {
        (_database, _clock, _log) = (database, clock, log);
        var meter = meters.Create(Schema.Execution.Telemetry.MeterName);
        meter.CreateObservableGauge(
            "equaticket.webhooks.queue_depth", () => Measure(last => last.Deliveries), "{delivery}",
            "Waiting deliveries, including retries.");
        meter.CreateObservableGauge(
            "equaticket.webhooks.queue_delay", () => Measure(last => last.OldestDue), "s",
            "How long the oldest due delivery has waited.");
        meter.CreateObservableGauge(
            "equaticket.checkouts.held", () => Measure(last => last.Checkouts), "{order}",
            "Unpaid checkouts that hold tickets.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            try
            {
                _last = await ReadAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _last = null;
                _log.LogFault(LogLevel.Warning, fault, "The backlog could not be measured.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Backlog> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(Statement);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new Backlog(row.GetInt64(0), row.GetDouble(1), row.GetInt64(2));
    }

    /// <summary>Reports nothing, rather than a stale value, while the database is unavailable.</summary>
    private IEnumerable<Measurement<T>> Measure<T>(Func<Backlog, T> value)
        where T : struct => _last is { } last ? [new Measurement<T>(value(last))] : [];

    private sealed record Backlog(long Deliveries, double OldestDue, long Checkouts);
}
