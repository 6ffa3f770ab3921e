using System.Diagnostics;

namespace Equaticket.Testing;

/// <summary>Waits for a condition, with a timeout.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">The condition did not become true in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan bound)
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
