using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Execution;

/// <summary>Limits the queries that a server sends to the primary concurrently.</summary>
public sealed class ReadOptions
{
    public const string Section = "Database";

    /// <summary>
    /// The maximum number of concurrent queries; others wait. The default of 6 per core, and at least 8, keeps a
    /// server busy whose database is a millisecond away.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Database__MaxReads must be between 1 and 10000.")]
    public int MaxReads { get; set; } = Math.Max(8, 6 * Environment.ProcessorCount);
}

/// <summary>
/// Lets a limited number of queries read from the primary concurrently, the oldest first. PostgreSQL needs less CPU
/// time for short statements over a few busy connections than over many (ADR 0026).
/// </summary>
public sealed class ReadLimiter : IDisposable
{
    private readonly ConcurrencyLimiter _limiter;

    public ReadLimiter(IOptions<ReadOptions> options, IMeterFactory meters)
    {
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.Value.MaxReads,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        meters.Create(Telemetry.MeterName).CreateObservableGauge(
            "equaticket.reads.waiting", () => Waiting, "{query}", "Queries that wait for others to finish.");
    }

    internal long Waiting => _limiter.GetStatistics()!.CurrentQueuedCount;

    /// <returns>A place to dispose when the query has read, or waits for another service. Twice is safe.</returns>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(1, cancellationToken);

    public void Dispose() => _limiter.Dispose();
}
