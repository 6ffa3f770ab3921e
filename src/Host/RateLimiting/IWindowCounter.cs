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
        // Read before the clock: the window is then later than the time only if the clock was set back.
        var window = Volatile.Read(ref _window);
        var (number, second) = Math.DivRem(clock.GetUtcNow().ToUnixTimeSeconds(), WindowSeconds);
        if (window.Number != number)
        {
            var next = new Window(number);
            if (Interlocked.CompareExchange(ref _window, next, window) != window)
                return HitAsync(name);
            window = next;
        }

        var count = window.Counts.AddOrUpdate(name, 1, (_, before) => before + 1);
        return ValueTask.FromResult(new WindowCount(count, TimeSpan.FromSeconds(WindowSeconds - second)));
    }

    private sealed record Window(long Number)
    {
        public ConcurrentDictionary<string, long> Counts { get; } = new();
    }
}
