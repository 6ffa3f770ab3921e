namespace Equaticket.Testing;

/// <summary>A clock that moves only when a test advances it. Timers still use the system clock.</summary>
public sealed class StillClock : TimeProvider
{
    private long _ticks = System.GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
