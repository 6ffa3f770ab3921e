namespace Equaticket.Schema.Consistency;

/// <summary>Invariants of ticket type counters and sold-out events.</summary>
internal static class StockRules
{
    public static IReadOnlyList<ConsistencyRule> All { get; } =
    [
        new(
            "quantity_sold",
            "The sold quantity of a ticket type is the number of its tickets that are not refunded.",
            """
            SELECT type.livemode, type.id, coalesce(made.count, 0) AS expected,
                type.quantity_sold AS actual
            FROM ticket_types AS type
            LEFT JOIN (
                SELECT ticket_type_id, count(*) AS count FROM attendees
                WHERE organization_id = $1 AND status <> 'refunded' GROUP BY ticket_type_id) AS made
                ON made.ticket_type_id = type.id
            WHERE type.organization_id = $1
            """),
        new(
            "quantity_held",
            "The held quantity of a ticket type is the number of tickets in its pending orders.",
            """
            SELECT type.livemode, type.id, coalesce(asked.count, 0) AS expected,
                type.quantity_held AS actual
            FROM ticket_types AS type
            LEFT JOIN (
                SELECT item.ticket_type_id, sum(item.quantity) AS count
                FROM order_items AS item
                JOIN orders ON orders.organization_id = item.organization_id
                    AND orders.id = item.order_id AND orders.status = 'pending'
                WHERE item.organization_id = $1 GROUP BY item.ticket_type_id) AS asked
                ON asked.ticket_type_id = type.id
            WHERE type.organization_id = $1
            """),
        new(
            "sold_out_announced",
            "An event is marked as sold out if all its tickets are sold, and only then.",
            """
            SELECT event.livemode, event.id, event.sold_out_announced AS actual,
                EXISTS (
                    SELECT 1 FROM ticket_types AS type
                    WHERE type.organization_id = $1 AND type.livemode = event.livemode
                        AND type.event_id = event.id
                    HAVING bool_and(coalesce(type.quantity_sold = type.quantity_total, false)))
                    AS expected
            FROM events AS event WHERE event.organization_id = $1
            """),
        new(
            "order_counter",
            "No order has a number above the counter.",
            """
            SELECT orders.livemode, $1 AS id, max(orders.number) AS expected,
                least(max(counter.last), max(orders.number)) AS actual
            FROM orders
            LEFT JOIN (
                SELECT organization_id, livemode, last FROM order_counters
                UNION ALL SELECT $1, mode, 0 FROM unnest(ARRAY[true, false]) AS mode) AS counter
                ON counter.organization_id = $1 AND counter.livemode = orders.livemode
            WHERE orders.organization_id = $1 GROUP BY orders.livemode
            """),
    ];
}
