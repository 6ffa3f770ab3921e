namespace Equaticket.Host.RateLimiting;

/// <summary>Counts requests in fixed windows of one minute.</summary>
internal interface IWindowCounter
{
    /// <summary>Counts one more request of whoever the name stands for.</summary>
    /// <returns>How many there are in this window now, and when it ends.</returns>
    ValueTask<WindowCount> HitAsync(string name);
}

/// <param name="Count">Requests in this window, this one included.</param>
/// <param name="Reset">Until the window ends: above 0, at most one minute.</param>
internal readonly record struct WindowCount(long Count, TimeSpan Reset);
