namespace Equaticket.Schema.Payments;

/// <summary>
/// The invariant of an order's money: captured = paid for valid tickets + refunds that did not fail + the recorded
/// difference. A ticket in a pending refund counts as part of the refund.
/// </summary>
public static class MoneyInvariant
{
    /// <summary>
    /// Selects orders of all organizations and modes whose amounts do not add up, or whose <c>refunded_amount</c> is
    /// not the sum of their successful refunds.
    /// </summary>
    public const string Broken =
        """
        SELECT orders.organization_id, orders.livemode, orders.id AS order_id,
            orders.captured_amount AS captured,
            coalesce(tickets.paid, 0) + coalesce(given.open_or_made, 0) + orders.difference_amount
                AS accounted,
            orders.refunded_amount AS refunded, coalesce(given.made, 0) AS refunds
        FROM orders
        LEFT JOIN (
            SELECT organization_id, order_id, sum(amount_paid)::bigint AS paid FROM attendees
            WHERE status = 'valid' AND refund_id IS NULL
            GROUP BY organization_id, order_id) AS tickets
            ON tickets.organization_id = orders.organization_id AND tickets.order_id = orders.id
        LEFT JOIN (
            SELECT organization_id, order_id,
                coalesce(sum(amount) FILTER (WHERE status <> 'failed'), 0)::bigint AS open_or_made,
                coalesce(sum(amount) FILTER (WHERE status = 'succeeded'), 0)::bigint AS made
            FROM refunds GROUP BY organization_id, order_id) AS given
            ON given.organization_id = orders.organization_id AND given.order_id = orders.id
        WHERE orders.captured_amount <> coalesce(tickets.paid, 0)
                + coalesce(given.open_or_made, 0) + orders.difference_amount
            OR orders.refunded_amount <> coalesce(given.made, 0)
        """;
}
