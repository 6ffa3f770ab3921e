using System.Buffers.Binary;
using System.Globalization;

namespace Equaticket.Persistence.Partitions;

/// <summary>
/// A table partitioned by day on its ids. These are UUIDv7, which start with the time, so a day is a range of ids and a
/// lookup by id touches one partition.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="DaysKept">The number of days before today to keep.</param>
public sealed record PartitionedTable(string Name, int DaysKept)
{
    private const string DayFormat = "yyyyMMdd";

    /// <summary>Returns the statement that creates the partition of a day if it does not exist.</summary>
    public string CreatePartition(DateOnly day) => Statement("create_day_partition", day);

    /// <summary>Returns the statement that drops the partition of a day if it exists.</summary>
    public string DropPartition(DateOnly day) => Statement("drop_day_partition", day);

    public string PartitionName(DateOnly day) =>
        $"{Name}_{day.ToString(DayFormat, CultureInfo.InvariantCulture)}";

    /// <returns>The day of a partition, or null for another table.</returns>
    public DateOnly? DayOf(string partition) =>
        DateOnly.TryParseExact(
            partition.Replace($"{Name}_", "", StringComparison.Ordinal), DayFormat, out var day)
            ? day
            : null;

    /// <summary>
    /// Returns a value less than every id created at or after a time, so that older partitions can be skipped.
    /// </summary>
    /// <param name="time">The time, from 1970 on.</param>
    public static Guid FirstIdAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, time.ToUnixTimeMilliseconds()) << 16);
        return new Guid(bytes, bigEndian: true);
    }

    private string Statement(string function, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"SELECT {function}('{Name}', '{day:yyyy-MM-dd}')");
}
