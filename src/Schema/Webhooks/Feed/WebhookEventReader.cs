using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Partitions;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Schema.Webhooks.Feed;

/// <summary>
/// Reads the activity at an event in an order in which no earlier entry can appear later: by transaction, and only
/// those before the oldest transaction open in any database of the server.
/// </summary>
public sealed class WebhookEventReader(NpgsqlDataSource database, RowStamps stamps)
{
    public const int PageSize = 100;

    /// <summary>Longer than the time any write takes from generating an id to its commit.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private const string Read =
        """
        WITH settled AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS bound)
        SELECT settled.bound, found.transaction_id, found.id, found.created_at, found.data
        FROM settled LEFT JOIN LATERAL (
            SELECT transaction_id, id, created_at, data FROM webhook_events
            WHERE organization_id = $1 AND livemode = $2 AND event_id = $3 AND type = ANY ($4)
                AND id >= $5 AND (transaction_id, id) > ($6, $7) AND transaction_id < settled.bound
            ORDER BY transaction_id, id LIMIT $8) AS found ON true
        ORDER BY found.transaction_id, found.id
        """;

    /// <returns>The position after all events so far.</returns>
    public async Task<StreamPosition> NowAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var command = database.CreateCommand("SELECT pg_snapshot_xmin(pg_current_snapshot())");
        var bound = await command.ExecuteScalarAsync(cancellationToken);
        return Before((ulong)bound!, now);
    }

    /// <param name="tenant">The tenant of the event.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="source">The kind of stream.</param>
    /// <param name="after">The position to start after.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The position belongs to another database.</exception>
    internal async Task<StreamPage> ReadAsync(
        TenantScope tenant,
        Guid eventId,
        StreamSource source,
        StreamPosition after,
        CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var command = database.CreateCommand(Read);
        foreach (var parameter in (NpgsqlParameter[])[
            new() { Value = tenant.OrganizationId }, new() { Value = tenant.Livemode },
            new() { Value = eventId }, new() { Value = source.Types },
            new() { Value = PartitionedTable.FirstIdAt(after.At - Margin) },
            new() { Value = after.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 },
            new() { Value = after.Id }, new() { Value = PageSize }])
            command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var (found, bound) = (new List<StreamedEvent>(), 0UL);
        while (await rows.ReadAsync(cancellationToken))
        {
            bound = rows.GetFieldValue<ulong>(0);
            if (!rows.IsDBNull(1))
                found.Add(ReadRow(rows));
        }

        if (after.Transaction >= bound)
            throw Foreign();
        return found.Count == PageSize
            ? new StreamPage(found, found[^1].Position, IsLast: false)
            : new StreamPage(found, Before(bound, now), IsLast: true);
    }

    /// <summary>Reports a <c>Last-Event-ID</c> that is not from this stream.</summary>
    public static ApiError Foreign() => ApiError.Validation(
        "Last-Event-ID", "This is not the ID of an event in this stream. Omit it to start with the next event.");

    /// <summary>The position after everything before a transaction.</summary>
    private static StreamPosition Before(ulong bound, DateTimeOffset now) =>
        new(bound - 1, Guid.AllBitsSet, now);

    private static StreamedEvent ReadRow(NpgsqlDataReader row) => new(
        new StreamPosition(
            row.GetFieldValue<ulong>(1), row.GetGuid(2), row.GetFieldValue<DateTimeOffset>(3)),
        row.GetString(4));
}
