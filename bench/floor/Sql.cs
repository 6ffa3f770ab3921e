using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Floor;

/// <summary>All statements. $1 is the organization, $2 the mode, $3 a limit or an id, $4 and $5 a cursor.</summary>
internal static class Sql
{
    private const string NewestFirst = "ORDER BY o.created_at DESC, o.id DESC";
    private const string Newest = $"{NewestFirst} LIMIT $3";

    // PostgreSQL keeps the plan of a page only if a constant shows that the page is small.
    private const string Largest = $"{NewestFirst} LIMIT 101";
    private const string OfTenant = "WHERE o.organization_id = $1 AND o.livemode = $2";
    private const string AfterCursor = "AND (o.created_at, o.id) < ($4, $5)";

    private const string OrderColumns =
        """
        o.id, o.number, o.event_id, o.status, o.buyer_name, o.buyer_email, o.currency, o.subtotal_amount,
        o.discount_amount, o.tax_amount, o.fee_amount, o.total_amount, o.refunded_amount, o.payment_provider,
        o.payment_reference, o.payment_status, o.confirmed_at, o.created_at, o.updated_at
        """;

    public const string EventTotals =
        """
        LEFT JOIN LATERAL (
            SELECT sum(quantity_sold)::int AS sold, sum(quantity_total)::int AS total,
                count(*) FILTER (WHERE quantity_total IS NULL)::int AS unlimited
            FROM ticket_types AS t
            WHERE t.organization_id = e.organization_id AND t.livemode = e.livemode AND t.event_id = e.id) t ON true
        """;

    private const string Events =
        $"""
        SELECT o.id, o.title, o.slug, o.status, o.starts_at, o.currency, o.created_at
        FROM (SELECT * FROM events o {OfTenant} {Largest}) o {Newest}
        """;

    private const string OrdersOfEvents =
        $"""
        SELECT o.id, o.event_id, o.number, o.status, o.buyer_email, o.total_amount, o.created_at,
            row_number() OVER (ORDER BY e.created_at DESC, e.id DESC, o.created_at DESC, o.id DESC) AS place
        FROM ({Events}) e CROSS JOIN LATERAL (
            SELECT * FROM orders o
            WHERE o.organization_id = $1 AND o.livemode = $2 AND o.event_id = e.id
            ORDER BY o.created_at DESC, o.id DESC LIMIT 10) o
        """;

    /// <summary>Orders, their line items, and their refunds.</summary>
    public static string[] Orders(bool isAfterCursor)
    {
        var page = OrderPage(isAfterCursor);
        return
        [
            $"SELECT {OrderColumns} FROM {page}",
            $"""
            SELECT i.order_id, i.ticket_type_id, i.name, i.quantity, i.unit_price
            FROM (SELECT o.id, o.created_at FROM {page}) o
            JOIN order_items i ON i.organization_id = $1 AND i.livemode = $2 AND i.order_id = o.id
            ORDER BY o.created_at DESC, o.id DESC, i.position
            """,
            $"""
            SELECT i.order_id, i.id, i.amount, i.reason, i.origin, i.status, i.attendee_ids, i.created_at
            FROM (SELECT o.id FROM {page}) o
            JOIN refunds i ON i.organization_id = $1 AND i.livemode = $2 AND i.order_id = o.id
            ORDER BY i.created_at, i.id
            """,
        ];
    }

    public static string[] FlatOrders(bool isAfterCursor) =>
    [
        $"""
        SELECT o.id, o.number, o.status, o.buyer_email, o.buyer_name, o.total_amount, o.fee_amount, o.currency,
            o.event_id, o.created_at, o.updated_at
        FROM {OrderPage(isAfterCursor)}
        """,
    ];

    private static string OrderPage(bool isAfterCursor) =>
        $"(SELECT * FROM orders o {OfTenant} {(isAfterCursor ? AfterCursor : "")} {Largest}) o {Newest}";

    /// <summary>Events, their ticket types, their newest orders, and the attendees of those.</summary>
    public static readonly string[] Tree =
    [
        Events,
        $"""
        SELECT t.event_id, t.id, t.name, t.price, t.currency, t.quantity_total, t.quantity_sold
        FROM ({Events}) e CROSS JOIN LATERAL (
            SELECT * FROM ticket_types t
            WHERE t.organization_id = $1 AND t.livemode = $2 AND t.event_id = e.id
            ORDER BY t.created_at DESC, t.id DESC LIMIT 3) t
        ORDER BY e.created_at DESC, e.id DESC, t.created_at DESC, t.id DESC
        """,
        $"{OrdersOfEvents} ORDER BY place",
        $"""
        SELECT a.order_id, a.id, a.ticket_code, a.status, a.name
        FROM ({OrdersOfEvents}) o CROSS JOIN LATERAL (
            SELECT * FROM attendees a
            WHERE a.organization_id = $1 AND a.livemode = $2 AND a.order_id = o.id
            ORDER BY a.created_at DESC, a.id DESC LIMIT 4) a
        ORDER BY o.place, a.created_at DESC, a.id DESC
        """,
    ];

    public static NpgsqlBatch Batch(
        this NpgsqlConnection connection, string[] statements, Key key, int limit, Cursor? cursor)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            var command = batch.Add(statement).With(key.Organization).With(key.Livemode).With(limit);
            if (cursor is { } place)
                command.With(place.CreatedAt).With(place.Id);
        }

        return batch;
    }

    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string statement)
    {
        var command = new NpgsqlBatchCommand(statement);
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTime value)
    {
        command.Parameters.Add(
            new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }
}
