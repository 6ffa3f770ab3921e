namespace Equaticket.Testing;

/// <summary>A time of day that moves only when a test moves it, while timers run by the system's clock.</summary>
public sealed class StillClock : TimeProvider
{
    private long _ticks = System.GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
