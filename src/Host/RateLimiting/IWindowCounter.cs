using System.Collections.Concurrent;

namespace Equaticket.Host.RateLimiting;

/// <summary>Counts requests in fixed windows of one minute.</summary>
internal interface IWindowCounter
{
    /// <summary>Counts one request under this name.</summary>
    /// <returns>The number of requests in this window, and when it ends.</returns>
    ValueTask<WindowCount> HitAsync(string name);
}

/// <param name="Count">The requests in this window, including this one.</param>
/// <param name="Reset">The time until the window ends: above 0, at most one minute.</param>
internal readonly record struct WindowCount(long Count, TimeSpan Reset);

/// <summary>Counts in memory on this host. Each window starts with an empty table.</summary>
internal sealed class MemoryWindowCounter(TimeProvider clock) : IWindowCounter
{
    private const long WindowSeconds = 60;

    private Window _window = new(0);

    public ValueTask<WindowCount> HitAsync(string name)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var window = WindowOf(seconds / WindowSeconds);
        var count = window.Counts.AddOrUpdate(name, 1, (_, before) => before + 1);
        var reset = TimeSpan.FromSeconds(WindowSeconds - (seconds % WindowSeconds));
        return ValueTask.FromResult(new WindowCount(count, reset));
    }

    private Window WindowOf(long number)
    {
        var current = Volatile.Read(ref _window);
        if (current.Number >= number)
            return current;
        var next = new Window(number);
        var before = Interlocked.CompareExchange(ref _window, next, current);
        return before == current ? next : WindowOf(number);
    }

    private sealed record Window(long Number)
    {
        public ConcurrentDictionary<string, long> Counts { get; } = new();
    }
}
