using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Testing;

/// <summary>
/// Counts the SQL statements of requests, with the commits that are sent by themselves. Statements that are sent
/// together count once. Each counted request has a unique trace id (W3C Trace Context), which the driver's activities
/// share.
/// </summary>
public static class StatementCounter
{
    private static readonly ConcurrentDictionary<ActivityTraceId, int> Counts = new();

    static StatementCounter()
    {
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql")
                    Count(activity);
            },
        });
        DiagnosticListener.AllListeners.Subscribe(new Commits());
    }

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

    private static void Count(Activity? activity)
    {
        if (activity is not null && Counts.ContainsKey(activity.TraceId))
            Counts.AddOrUpdate(activity.TraceId, 1, (_, count) => count + 1);
    }

    /// <summary>The commits of Entity Framework Core, for which the driver has no activity.</summary>
    private sealed class Commits : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                value.Subscribe(this, name => name == RelationalEventId.TransactionCommitted.Name);
        }

        public void OnNext(KeyValuePair<string, object?> value) => Count(Activity.Current);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
