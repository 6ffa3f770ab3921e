using System.Diagnostics;

namespace Equaticket.Testing;

/// <summary>Waits for a condition, with a timeout.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Fails a test that hangs. Working code never takes this long, even on a busy machine.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <param name="condition">Checked until it is true.</param>
    /// <param name="limit">The documented limit, if the test is about one.</param>
    /// <exception cref="TimeoutException">The condition did not become true in time.</exception>
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
