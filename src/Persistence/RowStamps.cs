namespace Equaticket.Persistence;

/// <summary>Id and creation time of a new row, both from one reading of the clock.</summary>
/// <param name="Id">UUID version 7 (RFC 9562) that carries the milliseconds of the time.</param>
/// <param name="CreatedAt">UTC, cut to the microseconds that PostgreSQL keeps.</param>
public readonly record struct RowStamp(Guid Id, DateTimeOffset CreatedAt);

/// <summary>Creates ids and times for rows. The only place that reads the clock for them.</summary>
public sealed class RowStamps(TimeProvider clock)
{
    /// <summary>Now in UTC, cut to microseconds, so that it survives the database unchanged.</summary>
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
