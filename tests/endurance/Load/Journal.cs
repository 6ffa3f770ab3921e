using System.Collections.Concurrent;
using System.Diagnostics;

namespace Equaticket.Endurance.Load;

/// <summary>An attempt that got no response, or a response that asks to try again.</summary>
public sealed record FailedAttempt(long Start, long End, string Code, string Request);

/// <summary>A fault, with the times when it started and when the system had recovered.</summary>
public sealed record FaultWindow(string Name, long Start, long End)
{
    public double Seconds => Stopwatch.GetElapsedTime(Start, End).TotalSeconds;
}

/// <summary>Records every attempt of every client.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<FailedAttempt> _failed = [];
    private readonly ConcurrentQueue<FaultWindow> _faults = [];
    private readonly ConcurrentQueue<long> _acknowledged = [];
    private long _attempts;

    public long Attempts => _attempts;

    public IReadOnlyCollection<FailedAttempt> Failed => _failed;

    public IReadOnlyCollection<FaultWindow> Faults => _faults;

    public int Acknowledged => _acknowledged.Count;

    public IReadOnlyDictionary<string, int> FailuresByCode =>
        _failed.CountBy(attempt => attempt.Code).OrderByDescending(pair => pair.Value).ToDictionary();

    public void Count() => Interlocked.Increment(ref _attempts);

    public void Fail(FailedAttempt attempt) => _failed.Enqueue(attempt);

    /// <summary>Records that a write was acknowledged.</summary>
    public void Acknowledge() => _acknowledged.Enqueue(Stopwatch.GetTimestamp());

    public void Add(FaultWindow fault) => _faults.Enqueue(fault);

    /// <returns>The longest time without an acknowledged write during a fault, in seconds.</returns>
    public double LongestGap(FaultWindow fault)
    {
        var longest = 0L;
        var last = fault.Start;
        foreach (var moment in _acknowledged.Order())
        {
            if (moment <= fault.Start)
                continue;
            longest = Math.Max(longest, Math.Min(moment, fault.End) - last);
            last = moment;
            if (moment >= fault.End)
                break;
        }

        return Stopwatch.GetElapsedTime(0, longest).TotalSeconds;
    }

    /// <returns>The failed attempts, each with its start, in seconds since boot, and its duration.</returns>
    public IEnumerable<string> Lines() =>
        from attempt in _failed
        let began = Stopwatch.GetElapsedTime(0, attempt.Start).TotalSeconds
        let took = Stopwatch.GetElapsedTime(attempt.Start, attempt.End).TotalSeconds
        select $"{began:0.000} s, {took:0.000} s: {attempt.Code}: {attempt.Request}";

    public IEnumerable<FailedAttempt> FailedDuring(FaultWindow fault) =>
        _failed.Where(attempt => attempt.End >= fault.Start && attempt.Start <= fault.End);
}
