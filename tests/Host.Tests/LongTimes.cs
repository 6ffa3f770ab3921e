using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Host.Tests;

internal static class LongTimes
{
    /// <summary>More than the interval of any job.</summary>
    private static readonly TimeSpan Awake = TimeSpan.FromHours(2);

    /// <summary>
    /// Lets hours or days pass. Timers run only in the last two hours, because one with an interval of a second would run
    /// some 100,000 times a day.
    /// </summary>
    public static void Leap(this FakeTimeProvider clock, TimeSpan time)
    {
        var awake = time < Awake ? time : Awake;
        clock.AdjustTime(clock.GetUtcNow() + time - awake);
        clock.Advance(awake);
    }
}
