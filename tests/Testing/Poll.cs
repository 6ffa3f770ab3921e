using System.Diagnostics;

namespace Equaticket.Testing;

/// <summary>Waits for something that happens in the background.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends what hangs. Nothing that works takes this long, even on a machine with much else to do.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <param name="condition">Checked until it is true.</param>
    /// <param name="limit">The time that is claimed for it; null if none is.</param>
    /// <exception cref="TimeoutException">The condition did not come true in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        var bound = limit ?? Hang;
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > bound)
                throw new TimeoutException($"The condition did not come true within {bound}.");
            await Task.Delay(Interval);
        }
    }
}
