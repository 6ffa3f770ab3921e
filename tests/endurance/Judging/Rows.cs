using Npgsql;

namespace Equaticket.Endurance.Judging;

/// <summary>An order as stored in the database.</summary>
public sealed record OrderRow(
    Guid Id, string Number, string Email, string Status, int Tickets, int Refunded, long RefundedAmount);

/// <summary>Reads the final state of the database.</summary>
public sealed class Rows(NpgsqlDataSource source)
{
    public Task<List<OrderRow>> OrdersAsync() => ReadAsync(
        """
        SELECT o.id, 'EQ-' || o.number, o.buyer_email, o.status::text, count(a.id)::int,
            count(a.id) FILTER (WHERE a.status::text = 'refunded')::int,
            (SELECT coalesce(sum(amount), 0)::bigint FROM refunds r
              WHERE (r.organization_id, r.order_id) = (o.organization_id, o.id) AND r.status::text = 'succeeded')
        FROM orders o LEFT JOIN attendees a ON (a.organization_id, a.order_id) = (o.organization_id, o.id)
        GROUP BY o.organization_id, o.id, o.number, o.buyer_email, o.status
        """,
        row => new OrderRow(
            row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? "" : row.GetString(2), row.GetString(3),
            row.GetInt32(4), row.GetInt32(5), row.GetInt64(6)));

    public Task<List<(string Title, string Id, string? Description)>> EventsAsync() => ReadAsync(
        "SELECT title, id, description FROM events",
        row => (row.GetString(0), $"{row.GetGuid(1)}", row.IsDBNull(2) ? null : row.GetString(2)));

    /// <returns>The tickets, each with its code, whether it is checked in, and the number of accepted scans.</returns>
    public Task<List<(string Code, bool IsCheckedIn, int Accepted)>> TicketsAsync() => ReadAsync(
        """
        SELECT a.ticket_code, a.checked_in_at IS NOT NULL,
            (SELECT count(*)::int FROM scans s
              WHERE (s.organization_id, s.attendee_id) = (a.organization_id, a.id) AND s.outcome::text ILIKE 'accepted')
        FROM attendees a
        """,
        row => (row.GetString(0), row.GetBoolean(1), row.GetInt32(2)));

    public Task<List<(string Id, int? Total, int Sold, int Tickets)>> TypesAsync() => ReadAsync(
        """
        SELECT t.id, t.quantity_total, t.quantity_sold,
            (SELECT count(*)::int FROM attendees a
              WHERE (a.organization_id, a.ticket_type_id) = (t.organization_id, t.id) AND a.status::text <> 'refunded')
        FROM ticket_types t
        """,
        row => ($"{row.GetGuid(0)}", row.IsDBNull(1) ? (int?)null : row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)));

    /// <returns>The message ids (<c>evt_…</c>) of the live events that the webhook subscribes to.</returns>
    public Task<List<string>> WebhookEventsAsync() => ReadAsync(
        "SELECT id FROM webhook_events WHERE livemode AND type::text IN ('order.created', 'ticket.checked_in')",
        row => $"evt_{row.GetGuid(0):N}");

    public async Task<long> QueuedDeliveriesAsync() =>
        (await ReadAsync("SELECT count(*) FROM webhook_queue", row => row.GetInt64(0))).Single();

    private async Task<List<TRow>> ReadAsync<TRow>(string statement, Func<NpgsqlDataReader, TRow> read)
    {
        await using var command = source.CreateCommand(statement);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<TRow>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
