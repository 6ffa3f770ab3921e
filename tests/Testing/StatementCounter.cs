using System.Collections.Concurrent;
using System.Diagnostics;

namespace Equaticket.Testing;

/// <summary>
/// Counts the SQL statements of requests. Each counted request has a unique trace id
/// (W3C Trace Context), which the driver's activities share.
/// </summary>
public static class StatementCounter
{
    private static readonly ConcurrentDictionary<ActivityTraceId, int> Counts = new();

    static StatementCounter() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            ActivitySamplingResult.AllDataAndRecorded,
        ActivityStopped = activity =>
        {
            if (activity.Source.Name == "Npgsql" && Counts.ContainsKey(activity.TraceId))
                Counts.AddOrUpdate(activity.TraceId, 1, (_, count) => count + 1);
        },
    });

    /// <summary>Sends a request and counts its statements.</summary>
    /// <param name="send">Sends the request with the given extra header.</param>
    public static async Task<(ApiResponse Response, int Statements)> CountAsync(
        Func<(string Name, string Value), Task<ApiResponse>> send)
    {
        var trace = ActivityTraceId.CreateRandom();
        Counts[trace] = 0;
        var response = await send(("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        Counts.TryRemove(trace, out var count);
        return (response, count);
    }
}
