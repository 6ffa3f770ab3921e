namespace Equaticket.Persistence.Tests;

public sealed class RowStampsTests : PersistenceTest
{
    private static readonly DateTimeOffset Moment =
        new DateTimeOffset(2026, 9, 15, 18, 0, 0, 123, 456, TimeSpan.Zero).AddTicks(7);

    [Fact]
    public void Id_and_time_of_a_row_come_from_one_clock_reading_truncated_to_microseconds()
    {
        var stamp = new RowStamps(new StoppedClock()).Next();
        Assert.Equal(Moment.AddTicks(-7), stamp.CreatedAt);
        Assert.Equal(7, stamp.Id.Version);
        var milliseconds = Convert.ToInt64(stamp.Id.ToString("N")[..12], 16);
        Assert.Equal(Moment.ToUnixTimeMilliseconds(), milliseconds);
    }

    [Fact]
    public async Task The_database_stores_the_time_unchanged()
    {
        var row = NewEvent();
        await using (var database = Lease())
        {
            database.Add(row);
            await database.SaveChangesAsync();
        }

        await using var reader = Lease();
        Assert.Equal(row.CreatedAt, (await reader.Events.FindAsync(Org.Organization.Id, row.Id))!.CreatedAt);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Moment;
    }
}
