using Npgsql;

namespace Equaticket.RestFacade.Tests.Orders;

/// <summary>
/// A separate host whose live organization has sold a number of tickets, one per order. A few evenly spread orders
/// differ from the rest in everything that a filter can match.
/// </summary>
public abstract class ManySales(int count, int matches) : IAsyncLifetime
{
    public const string RareEmail = "jane@example.com";

    public const string RareTime = "2026-06-01T00:00:00Z";

    private const string Order = "('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
    private const string Ticket = "('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid";
    private const string Item = "('00000000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid";

    /// <summary>Two rows share each timestamp.</summary>
    private const string Created = "timestamptz '2025-01-01Z' + n / 2 * interval '1 second'";

    private const string Orders =
        $$"""
        INSERT INTO orders (organization_id, livemode, id, number, event_id, status, buyer_name,
            buyer_email, buyer_email_key, currency, subtotal_amount, discount_amount, tax_amount,
            fee_amount, total_amount, refunded_amount, payment_provider, payment_reference,
            payment_status, captured_amount, difference_amount, payment_checks, confirmed_at, version,
            created_at, updated_at)
        SELECT $1, true, {{Order}}, 1000 + n, CASE WHEN is_rare THEN $5 ELSE $4 END,
            CASE WHEN is_rare THEN 'partially_refunded' ELSE 'confirmed' END, 'Buyer', email, email,
            'usd', 2500, 0, 0, 0, 2500, 0, 'stripe', 'pi_' || n, 'succeeded', 2500, 0, 0, created, 1,
            created, CASE WHEN is_rare THEN timestamptz '{{RareTime}}' ELSE created END
        FROM (SELECT n, {{Created}} AS created, n % $3 = 0 AS is_rare,
            CASE WHEN n % $3 = 0 THEN '{{RareEmail}}' ELSE 'buyer-' || n || '@example.com' END AS email
            FROM generate_series(1, $2) AS n) AS row
        """;

    private const string Items =
        $$"""
        INSERT INTO order_items (organization_id, livemode, id, order_id, ticket_type_id, name,
            quantity, unit_price, position, named)
        SELECT $1, true, {{Item}}, {{Order}}, $3, 'General Admission', 1, 2500, 0, '[]'
        FROM generate_series(1, $2) AS n
        """;

    private const string Tickets =
        $$"""
        INSERT INTO attendees (organization_id, livemode, id, event_id, order_id, order_number,
            ticket_type_id, ticket_type_name, ticket_code, status, name, email, email_key, price,
            amount_paid, currency, checked_in_at, version, created_at, updated_at)
        SELECT $1, true, {{Ticket}}, CASE WHEN is_rare THEN $5 ELSE $4 END,
            CASE WHEN is_rare THEN '{{RareOrder}}'::uuid ELSE {{Order}} END, 1000 + n,
            CASE WHEN is_rare THEN $7 ELSE $6 END, 'General Admission',
            translate(upper(lpad(to_hex(n), 8, '0')), '01', 'GH'),
            CASE WHEN is_rare THEN 'refunded' ELSE 'valid' END, 'Guest', email, email, 2500, 2500,
            'usd', CASE WHEN is_rare THEN created END, 1, created,
            CASE WHEN is_rare THEN timestamptz '{{RareTime}}' ELSE created END
        FROM (SELECT n, {{Created}} AS created, n % $3 = 0 AS is_rare,
            CASE WHEN n % $3 = 0 THEN '{{RareEmail}}' ELSE 'guest-' || n || '@example.com' END AS email
            FROM generate_series(1, $2) AS n) AS row
        """;

    public const string RareOrder = "00000000-0000-7000-8000-000000000001";

    public TestHost Host { get; private set; } = null!;

    public TestOrganization Org { get; private set; } = null!;

    public SqlCapture Sql { get; } = new();

    public string EventId { get; private set; } = "";

    public string RareEventId { get; private set; } = "";

    public string RareTicketTypeId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Host = await TestHost.StartAsync(configure: Sql.Attach);
        Org = await Host.CreateOrganizationAsync();
        (EventId, RareEventId) =
            (await Org.Live.CreateEventAsync("Big"), await Org.Live.CreateEventAsync("Small"));
        var typeId = Guid.Parse(await Org.Live.CreateTicketTypeAsync(EventId));
        RareTicketTypeId = await Org.Live.CreateTicketTypeAsync(RareEventId);
        var (org, rareEvery) = (Org.Organization.Id, count / matches);
        var (events, rareEvents) = (Guid.Parse(EventId), Guid.Parse(RareEventId));
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        // The inserted rows reference existing rows, so checking a million references is unnecessary.
        await ExecuteAsync(connection, "SET session_replication_role = replica");
        await ExecuteAsync(connection, Orders, org, count, rareEvery, events, rareEvents);
        await ExecuteAsync(connection, Items, org, count, typeId);
        await ExecuteAsync(
            connection, Tickets, org, count, rareEvery, events, rareEvents, typeId,
            Guid.Parse(RareTicketTypeId));
        await ExecuteAsync(connection, "ANALYZE");
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A hundred thousand orders, ten of them rare.</summary>
public sealed class HundredThousandSales() : ManySales(100_000, matches: 10);

/// <summary>A million orders, ten of them rare.</summary>
public sealed class MillionSales() : ManySales(1_000_000, matches: 10);
