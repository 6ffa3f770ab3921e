using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Consistency;

/// <summary>Invariants of orders and their items, tickets, and refunds. Amounts are in the smallest unit.</summary>
internal static class OrderRules
{
    private const string Tickets =
        """
        (SELECT order_id, count(*) AS count, sum(amount_paid) AS paid,
            count(*) FILTER (WHERE status = 'refunded') AS refunded,
            count(*) FILTER (WHERE status = 'valid') AS valid
        FROM attendees WHERE organization_id = $1 GROUP BY order_id)
        """;

    public static IReadOnlyList<ConsistencyRule> All { get; } =
    [
        new(
            "subtotal_amount",
            "The subtotal of an order is the sum of its items.",
            """
            SELECT orders.livemode, orders.id, coalesce(items.amount, 0) AS expected,
                orders.subtotal_amount AS actual
            FROM orders
            LEFT JOIN (
                SELECT order_id, sum(quantity * unit_price) AS amount FROM order_items
                WHERE organization_id = $1 GROUP BY order_id) AS items
                ON items.order_id = orders.id
            WHERE orders.organization_id = $1
            """),
        new(
            "item_tickets",
            "A confirmed order has one ticket for each ticket bought; other orders have none.",
            """
            SELECT item.livemode, item.id,
                CASE WHEN orders.confirmed_at IS NULL THEN 0 ELSE item.quantity END AS expected,
                coalesce(tickets.count, 0) AS actual
            FROM order_items AS item
            JOIN orders ON orders.organization_id = $1 AND orders.id = item.order_id
            LEFT JOIN (
                SELECT order_id, ticket_type_id, count(*) AS count FROM attendees
                WHERE organization_id = $1 GROUP BY order_id, ticket_type_id) AS tickets
                ON tickets.order_id = item.order_id
                AND tickets.ticket_type_id = item.ticket_type_id
            WHERE item.organization_id = $1
            """),
        new(
            "order_tickets",
            "The tickets of an order match its items.",
            $"""
            SELECT orders.livemode, orders.id,
                CASE WHEN orders.confirmed_at IS NULL THEN 0 ELSE coalesce(items.count, 0) END
                    AS expected,
                coalesce(tickets.count, 0) AS actual
            FROM orders
            LEFT JOIN (
                SELECT order_id, sum(quantity) AS count FROM order_items
                WHERE organization_id = $1 GROUP BY order_id) AS items
                ON items.order_id = orders.id
            LEFT JOIN {Tickets} AS tickets ON tickets.order_id = orders.id
            WHERE orders.organization_id = $1
            """),
        new(
            "amount_paid",
            "The amounts paid for the tickets of a confirmed order add up to its subtotal minus discount.",
            $"""
            SELECT orders.livemode, orders.id,
                orders.subtotal_amount - orders.discount_amount AS expected,
                coalesce(tickets.paid, 0) AS actual
            FROM orders
            LEFT JOIN {Tickets} AS tickets ON tickets.order_id = orders.id
            WHERE orders.organization_id = $1 AND orders.confirmed_at IS NOT NULL
            """),
        new(
            "status",
            "An order is confirmed if no ticket is refunded, and refunded if no ticket is valid.",
            $"""
            SELECT orders.livemode, orders.id, orders.status AS actual,
                CASE WHEN orders.confirmed_at IS NULL THEN 'pending, expired, or failed'
                    WHEN tickets.refunded = tickets.count THEN 'refunded'
                    WHEN tickets.refunded > 0 THEN 'partially_refunded'
                    ELSE 'confirmed' END AS expected
            FROM orders
            LEFT JOIN {Tickets} AS tickets ON tickets.order_id = orders.id
            WHERE orders.organization_id = $1
                AND ((orders.confirmed_at IS NULL)
                        <> (orders.status IN ('pending', 'expired', 'failed'))
                    OR (orders.status = 'confirmed' AND tickets.refunded > 0)
                    OR (orders.status = 'refunded' AND tickets.valid > 0))
            """),
        new(
            "refunded_amount",
            "The refunded amount of an order is the sum of its successful refunds.",
            $"""
            SELECT livemode, order_id AS id, refunds AS expected, refunded AS actual
            FROM ({MoneyInvariant.Broken}) AS broken WHERE organization_id = $1
            """),
        new(
            "captured_amount",
            "The captured amount is the sum of what was paid for valid tickets, of refunds that did not fail and "
            + "of the recorded difference.",
            $"""
            SELECT livemode, order_id AS id, accounted AS expected, captured AS actual
            FROM ({MoneyInvariant.Broken}) AS broken WHERE organization_id = $1
            """),
        new(
            "ticket_order",
            "A ticket has the event and the number of its order.",
            """
            SELECT ticket.livemode, ticket.id,
                orders.event_id || ' ' || orders.number AS expected,
                ticket.event_id || ' ' || ticket.order_number AS actual
            FROM attendees AS ticket
            JOIN orders ON orders.organization_id = $1 AND orders.id = ticket.order_id
            WHERE ticket.organization_id = $1
            """),
    ];
}
