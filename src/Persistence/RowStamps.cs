namespace Equaticket.Persistence;

/// <summary>The id and creation time of a new row, both from one reading of the clock.</summary>
/// <param name="Id">A UUID version 7 (RFC 9562) with the time in milliseconds.</param>
/// <param name="CreatedAt">The time in UTC, truncated to the microseconds that PostgreSQL stores.</param>
public readonly record struct RowStamp(Guid Id, DateTimeOffset CreatedAt);

/// <summary>Creates ids and times for rows. No other code reads the clock for them.</summary>
public sealed class RowStamps(TimeProvider clock)
{
    /// <summary>
    /// The current time in UTC, truncated to microseconds so that it does not change when stored in the database.
    /// </summary>
    public DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public RowStamp Next()
    {
        var now = Now();
        return new RowStamp(Guid.CreateVersion7(now), now);
    }
}
