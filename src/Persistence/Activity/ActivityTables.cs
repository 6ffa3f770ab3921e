using System.Buffers.Binary;
using System.Globalization;

namespace Equaticket.Persistence.Activity;

/// <summary>
/// The partitioned table of requests. Its ids are UUIDv7, which begin with the time, so a day is a
/// range of ids and a look-up by id touches one partition.
/// </summary>
public static class ActivityTables
{
    public const string Requests = "api_requests";

    private const string DayFormat = "yyyyMMdd";

    internal const string Create =
        $"""
        CREATE TABLE {Requests} (
            id uuid NOT NULL,
            organization_id uuid NOT NULL,
            livemode boolean NOT NULL,
            api_key_id uuid NOT NULL,
            request_id text NOT NULL,
            method text NOT NULL,
            path text NOT NULL,
            status integer NOT NULL,
            error_code text,
            duration_ms integer NOT NULL,
            address text,
            user_agent text,
            created_at timestamp with time zone NOT NULL,
            CONSTRAINT pk_{Requests} PRIMARY KEY (organization_id, id)
        ) PARTITION BY RANGE (id);
        CREATE TABLE {Requests}_default PARTITION OF {Requests} DEFAULT;
        CREATE INDEX ix_{Requests}_page ON {Requests} (organization_id, created_at, id);
        CREATE INDEX ix_{Requests}_key_page
            ON {Requests} (organization_id, api_key_id, created_at, id);
        CREATE INDEX ix_{Requests}_request_id ON {Requests} (request_id);
        """;

    internal const string Drop = $"DROP TABLE {Requests};";

    /// <summary>The statement that makes the partition of a day, if it is not there.</summary>
    public static string CreatePartition(DateOnly day) =>
        $"""
        CREATE TABLE IF NOT EXISTS {PartitionName(day)} PARTITION OF {Requests}
        FOR VALUES FROM ('{FirstId(day)}') TO ('{FirstId(day.AddDays(1))}')
        """;

    public static string PartitionName(DateOnly day) =>
        $"{Requests}_{day.ToString(DayFormat, CultureInfo.InvariantCulture)}";

    /// <returns>The day of a partition, or null for another table.</returns>
    public static DateOnly? DayOf(string partition) =>
        DateOnly.TryParseExact(
            partition.Replace($"{Requests}_", "", StringComparison.Ordinal), DayFormat, out var day)
            ? day
            : null;

    private static Guid FirstId(DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, start.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
