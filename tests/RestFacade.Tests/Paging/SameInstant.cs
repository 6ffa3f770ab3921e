namespace Equaticket.RestFacade.Tests.Paging;

/// <summary>Rows that were all created in the same microsecond.</summary>
internal static class SameInstant
{
    public const int Count = 50;

    private const string Time = "2024-05-06T07:08:09.123456Z";

    /// <returns>The ids of new published events.</returns>
    public static Task<IReadOnlyList<Guid>> InsertEventsAsync(
        TestOrganization owner, bool livemode, string slug = "row") =>
        owner.Host.QuerySqlAsync<Guid>(
            $$"""
            INSERT INTO events (organization_id, livemode, id, title, slug, status, timezone,
                starts_at, currency, metadata, published_at, version, created_at, updated_at)
            SELECT $1, $2, gen_random_uuid(), 'Row', $3 || '-' || number, 'published', 'UTC',
                '2099-01-01T00:00:00Z', 'usd', '{}', '{{Time}}', 1, '{{Time}}', '{{Time}}'
            FROM generate_series(1, {{Count}}) AS number
            RETURNING id
            """,
            owner.Organization.Id, livemode, slug);

    /// <returns>The ids of new ticket types of a live event.</returns>
    public static Task<IReadOnlyList<Guid>> InsertTicketTypesAsync(
        TestOrganization owner, string eventId) =>
        owner.Host.QuerySqlAsync<Guid>(
            $$"""
            INSERT INTO ticket_types (organization_id, livemode, id, event_id, name, price, currency,
                quantity_sold, quantity_held, min_per_order, max_per_order, position, metadata,
                version, created_at, updated_at)
            SELECT $1, true, gen_random_uuid(), $2, 'Row', 100, 'usd', 0, 0, 1, 10, number,
                '{}', 1, '{{Time}}', '{{Time}}'
            FROM generate_series(1, {{Count}}) AS number
            RETURNING id
            """,
            owner.Organization.Id, Guid.Parse(eventId));

    /// <returns>The ids of new orders for a live event.</returns>
    public static Task<IReadOnlyList<Guid>> InsertOrdersAsync(TestOrganization owner, string eventId) =>
        owner.Host.QuerySqlAsync<Guid>(
            $$"""
            INSERT INTO orders (organization_id, livemode, id, number, event_id, status, currency,
                subtotal_amount, discount_amount, tax_amount, fee_amount, total_amount,
                refunded_amount, captured_amount, difference_amount, payment_checks, version,
                created_at, updated_at)
            SELECT $1, true, gen_random_uuid(), number, $2, 'confirmed', 'usd', 0, 0, 0, 0, 0, 0, 0,
                0, 0, 1, '{{Time}}', '{{Time}}'
            FROM generate_series(1, {{Count}}) AS number
            RETURNING id
            """,
            owner.Organization.Id, Guid.Parse(eventId));

    /// <returns>The ids of new attendees of one order for a live event.</returns>
    public static async Task<IReadOnlyList<Guid>> InsertAttendeesAsync(
        TestOrganization owner, string eventId)
    {
        var ticketTypeId = await owner.Live.CreateTicketTypeAsync(eventId, price: 0);
        var sale = await owner.Host.SellAsync(owner.Live, eventId, ticketTypeId);
        return await owner.Host.QuerySqlAsync<Guid>(
            $$"""
            INSERT INTO attendees (organization_id, livemode, id, event_id, order_id, order_number,
                ticket_type_id, ticket_type_name, ticket_code, status, price, amount_paid, currency,
                version, created_at, updated_at)
            SELECT $1, true, gen_random_uuid(), $2, $3, 1001, $4, 'Row',
                translate(lpad(number::text, 8, '0'), '01', 'GH'), 'valid', 0, 0, 'usd', 1,
                '{{Time}}', '{{Time}}'
            FROM generate_series(1, {{Count}}) AS number
            RETURNING id
            """,
            owner.Organization.Id, Guid.Parse(eventId), Guid.Parse(sale.OrderId),
            Guid.Parse(ticketTypeId));
    }
}
