namespace Equaticket.Host.RateLimiting;

/// <summary>Counts requests in fixed windows of one minute.</summary>
internal interface IWindowCounter
{
    /// <summary>Counts one more request under this name.</summary>
    /// <returns>The number of requests in this window, and when it ends.</returns>
    ValueTask<WindowCount> HitAsync(string name);
}

/// <param name="Count">Requests in this window, this one included.</param>
/// <param name="Reset">The time until the window ends: above 0, at most one minute.</param>
internal readonly record struct WindowCount(long Count, TimeSpan Reset);
