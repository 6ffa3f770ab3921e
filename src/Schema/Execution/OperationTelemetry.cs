using System.Diagnostics;
using System.Diagnostics.Metrics;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;

namespace Equaticket.Schema.Execution;

/// <summary>The names and sources of metrics and traces.</summary>
public static class Telemetry
{
    public const string MeterName = "Equaticket";

    /// <summary>The bucket boundaries of duration histograms, in seconds.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
    };

    /// <summary>The source of operation, delivery, and job spans. Without a listener, it creates none.</summary>
    public static ActivitySource Source { get; } = new(MeterName);
}

/// <summary>Records a span and a duration for each operation while there is a listener.</summary>
public sealed class OperationTelemetry
{
    private const string Succeeded = "ok";
    private const int MaxName = 100;

    private readonly Histogram<double> _durations;

    public OperationTelemetry(IMeterFactory meters) =>
        _durations = meters.Create(Telemetry.MeterName).CreateHistogram(
            "equaticket.operations", "s", "Duration of operations, by type and outcome.",
            tags: null, Telemetry.Durations);

    public bool IsListening => _durations.Enabled || Telemetry.Source.HasListeners();

    /// <param name="operation">The operation to observe. The client chooses its name, so no metric includes it.</param>
    /// <param name="run">Runs the operation.</param>
    public async Task<Answer> ObserveAsync(Operation operation, Func<Task<Answer>> run)
    {
        var type = operation.IsMutation ? "mutation" : "query";
        using var span = Telemetry.Source.StartActivity($"GraphQL {type}");
        Name(span, operation, type);
        var (start, outcome) = (Stopwatch.GetTimestamp(), ErrorCode.InternalError.WireName());
        try
        {
            var answer = await run();
            outcome = answer.Error?.WireName() ?? Succeeded;
            return answer;
        }
        finally
        {
            if (outcome != Succeeded)
                span?.SetTag("error.type", outcome);
            _durations.Record(
                Stopwatch.GetElapsedTime(start).TotalSeconds, new("type", type), new("outcome", outcome));
        }
    }

    private static void Name(System.Diagnostics.Activity? span, Operation operation, string type)
    {
        span?.SetTag("graphql.operation.type", type);
        if (operation.Definition.Name?.StringValue is { } name)
            span?.SetTag("graphql.operation.name", name[..Math.Min(name.Length, MaxName)]);
    }
}
