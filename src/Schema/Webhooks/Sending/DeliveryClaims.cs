using Equaticket.Persistence;
using Npgsql;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>
/// Claims due deliveries from the queue, for all organizations. Any number of hosts may do so at once:
/// each gets different ones, and claims of a crashed host are due again when their lease ends.
/// </summary>
public sealed class DeliveryClaims(NpgsqlDataSource database, RowStamps stamps)
{
    /// <summary>Longer than the timeout of an attempt, so that a live host never loses one.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <remarks>
    /// Endpoints with waiting deliveries are found by a loose index scan that jumps from one to the
    /// next, and each yields at most as many as it may have in flight, in a varying order: however
    /// many wait for one, the others are served.
    /// </remarks>
    private const string Claim =
        """
        WITH RECURSIVE endpoint AS (
            (SELECT webhook_id FROM webhook_queue ORDER BY webhook_id LIMIT 1)
            UNION ALL
            SELECT (SELECT queued.webhook_id FROM webhook_queue AS queued
                WHERE queued.webhook_id > endpoint.webhook_id ORDER BY queued.webhook_id LIMIT 1)
            FROM endpoint WHERE endpoint.webhook_id IS NOT NULL),
        picked AS (
            SELECT due.organization_id, due.delivery_id
            FROM (SELECT webhook_id, coalesce(bound.free, $3) AS free
                FROM endpoint LEFT JOIN unnest($4, $5) AS bound (webhook_id, free) USING (webhook_id)
                WHERE webhook_id IS NOT NULL ORDER BY random()) AS open
            CROSS JOIN LATERAL (
                SELECT organization_id, delivery_id FROM webhook_queue
                WHERE webhook_id = open.webhook_id AND due_at <= $1
                    AND (leased_until IS NULL OR leased_until <= $1)
                ORDER BY due_at LIMIT open.free
                FOR UPDATE SKIP LOCKED) AS due
            LIMIT $6),
        claimed AS (
            UPDATE webhook_queue AS queued SET leased_until = $2 FROM picked
            WHERE queued.organization_id = picked.organization_id
                AND queued.delivery_id = picked.delivery_id
            RETURNING queued.*)
        SELECT claimed.organization_id, claimed.delivery_id, claimed.webhook_id, claimed.step,
            claimed.due_at, claimed.leased_until,
            event.id, event.type, event.created_at, event.data,
            webhook.url, webhook.secret,
            CASE WHEN webhook.previous_secret_expires_at > $1 THEN webhook.previous_secret END
        FROM claimed
        LEFT JOIN webhook_events AS event ON event.organization_id = claimed.organization_id
            AND event.id = claimed.event_id
        LEFT JOIN webhooks AS webhook ON webhook.organization_id = claimed.organization_id
            AND webhook.id = claimed.webhook_id AND webhook.status = 'enabled'
        ORDER BY claimed.due_at
        """;

    /// <param name="free">The total number to claim, and the endpoints with a different limit.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        FreeSlots free, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var command = database.CreateCommand(Claim);
        foreach (var value in (object[])[
            now, now + Lease, free.PerEndpoint, free.Endpoints, free.Counts, free.Total])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<ClaimedDelivery>();
        while (await rows.ReadAsync(cancellationToken))
            claimed.Add(Read(rows));
        return claimed;
    }

    private static ClaimedDelivery Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetGuid(2),
        row.GetInt32(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<DateTimeOffset>(5))
    {
        Message = row.IsDBNull(6)
            ? null
            : new ClaimedMessage(
                row.GetGuid(6),
                row.GetString(7),
                row.GetFieldValue<DateTimeOffset>(8),
                row.GetString(9)),
        Endpoint = row.IsDBNull(10)
            ? null
            : new ClaimedEndpoint(
                row.GetString(10),
                row.GetFieldValue<byte[]>(11),
                row.IsDBNull(12) ? null : row.GetFieldValue<byte[]>(12)),
    };
}
