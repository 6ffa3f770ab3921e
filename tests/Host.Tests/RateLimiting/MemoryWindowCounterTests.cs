using Equaticket.Host.RateLimiting;

namespace Equaticket.Host.Tests.RateLimiting;

public sealed class MemoryWindowCounterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Windows_still_end_after_the_clock_is_set_back()
    {
        var clock = new StillClock();
        var counter = new MemoryWindowCounter(clock);
        for (var minute = 0; minute < 5; minute++)
        {
            Assert.Equal((1, 2), (await CountAsync(counter), await CountAsync(counter)));
            clock.Advance(minute == 1 ? -10 * Minute : Minute);
        }
    }

    [Fact]
    public async Task A_request_that_another_one_overtakes_counts_in_the_same_window()
    {
        var clock = new OvertakingClock();
        var counter = new MemoryWindowCounter(clock);
        clock.Overtake = () => counter.HitAsync("name").AsTask();
        Assert.Equal(2, await CountAsync(counter));
    }

    private static async Task<long> CountAsync(MemoryWindowCounter counter) => (await counter.HitAsync("name")).Count;

    /// <summary>A clock whose first reader is so slow that another request is counted in the next window.</summary>
    private sealed class OvertakingClock : TimeProvider
    {
        private DateTimeOffset _now = System.GetUtcNow();

        public Func<Task>? Overtake { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var read = _now;
            if (Overtake is { } overtake)
            {
                (Overtake, _now) = (null, _now + Minute);
                Assert.True(overtake().IsCompletedSuccessfully);
            }

            return read;
        }
    }
}
