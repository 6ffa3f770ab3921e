using Npgsql;

namespace Equaticket.Persistence;

/// <summary>
/// The database's clock, which all hosts share: a host with a wrong clock must not take over the leases of others,
/// expire holds early, or create ids that readers have already passed. Between measurements, the time advances with
/// the monotonic clock, so a jump of the host's clock changes nothing.
/// </summary>
/// <param name="host">The host's clock, with which it starts.</param>
public sealed class DatabaseClock(TimeProvider host) : TimeProvider
{
    /// <summary>Smaller differences aren't worth a step in time.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private Anchor _anchor = new(host.GetUtcNow(), System.GetTimestamp());

    public override DateTimeOffset GetUtcNow()
    {
        var anchor = Volatile.Read(ref _anchor);
        return anchor.Time + GetElapsedTime(anchor.Timestamp);
    }

    /// <summary>Reads the database's clock, and adopts it unless the difference is within the error.</summary>
    /// <returns>How far the host's clock is ahead of the database's; negative if it is behind.</returns>
    public async Task<TimeSpan> SynchronizeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var sent = GetTimestamp();
        var read = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
        var (received, local, own) = (GetTimestamp(), GetUtcNow(), host.GetUtcNow());
        var error = GetElapsedTime(sent, received) / 2;
        var now = new DateTimeOffset(read, TimeSpan.Zero) + error;
        if ((local - now).Duration() > error + Tolerance)
            Volatile.Write(ref _anchor, new Anchor(now, received));
        return own - now;
    }

    private sealed record Anchor(DateTimeOffset Time, long Timestamp);
}
