using Equaticket.Persistence.Partitions;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>A table that grows with use, with the way to multiply its only row.</summary>
/// <param name="Name">The table.</param>
/// <param name="Values">
/// The values that differ in row number <c>n</c>: pairs of name and value. <c>$3</c> is the event and <c>$4</c> the
/// webhook that have many rows.
/// </param>
internal sealed record GrowingTable(string Name, string Values)
{
    private const string Event = "CASE WHEN n % 20 = 0 THEN $3 ELSE {event} END";
    private const string Hash = @"'\x' || encode(sha256(n::text::bytea), 'hex')";

    /// <summary>Spreads rows evenly over the days before now.</summary>
    private const string Created = "now() - n * interval '1 second'";

    public static IReadOnlyList<GrowingTable> All { get; } =
    [
        new("organizations", "'id', {other}, 'slug', 'other-' || n"),
        new("stripe_accounts", "'organization_id', {owner}, 'account_id', 'acct_' || n"),
        new("users", "'id', {user}, 'email_normalized', {email}"),
        new("memberships", "'organization_id', {owner}, 'user_id', {user}"),
        new("events",
            $$"""
            'id', {event}, 'slug', 'event-' || n, 'created_at', {{Created}}, 'updated_at', {{Created}},
            'status', (ARRAY['published', 'draft', 'cancelled'])[n % 3 + 1],
            'starts_at', now() + n * interval '1 hour'
            """),
        new("ticket_types", $"'id', {{type}}, 'event_id', {{event}}, 'created_at', {Created}"),
        new("orders",
            $$"""
            'id', {order}, 'event_id', {{Event}}, 'number', 100000 + n, 'buyer_email_key', {email},
            'status', CASE WHEN n % 50 = 0 THEN 'pending' ELSE (
                ARRAY['confirmed', 'partially_refunded', 'refunded', 'expired', 'failed'])[n % 5 + 1] END,
            'hold_expires_at', CASE WHEN n % 50 = 0 THEN now() + interval '1 day' END,
            'checkout_token_hash', {{Hash}}, 'payment_reference', 'pi_' || n,
            'created_at', {{Created}}, 'updated_at', {{Created}}
            """),
        new("order_items",
            """
            'id', {item}, 'order_id', {order}, 'ticket_type_id', {type}, 'named', CASE
                WHEN n % 10 = 0 THEN jsonb_build_array(jsonb_build_object(
                    'Name', 'Guest', 'Email', {email}, 'EmailKey', {email})) ELSE '[]' END
            """),
        new("attendees",
            $$"""
            'id', {ticket}, 'event_id', {{Event}}, 'order_id', {order}, 'ticket_type_id', {type},
            'ticket_code', translate(upper(lpad(to_hex(n), 8, '0')), '01', 'GH'), 'email_key', {email},
            'status', (ARRAY['valid', 'refunded', 'void'])[n % 3 + 1],
            'checked_in_at', CASE WHEN n % 2 = 0 THEN now() END,
            'created_at', {{Created}}, 'updated_at', {{Created}}
            """),
        new("refunds", "'id', {refund}, 'order_id', {order}, 'provider_reference', 're_' || n"),
        new("scans",
            $"'id', {{scan}}, 'attendee_id', {{ticket}}, 'event_id', {Event}, 'nonce', n, 'created_at', {Created}"),
        new("queued_emails",
            "'id', {mail}, 'order_id', {order}, 'next_attempt_at', now() + n * interval '1 second'"),
        new("api_keys", $"'id', {{key}}, 'hash', {Hash}, 'created_at', {Created}"),
        new("idempotency_records",
            $"'key_hash', {Hash}, 'subject_id', {{order}}, 'expires_at', now() + n * interval '1 second'"),
        new("webhooks",
            $$"""
            'id', {webhook}, 'status', 'disabled', 'disabled_reason', 'Test', 'created_at', {{Created}}
            """),
        new("webhook_events",
            $"'id', {{news}}, 'event_id', {Event}, 'order_id', {{order}}, 'created_at', {Created}"),
        new("webhook_deliveries",
            $$"""
            'id', {delivery}, 'event_id', {news}, 'created_at', {{Created}},
            'webhook_id', CASE WHEN n % 2 = 0 THEN $4 ELSE {webhook} END,
            'status', (ARRAY['succeeded', 'failed'])[n % 2 + 1]
            """),
        new("webhook_queue",
            "'delivery_id', {delivery}, 'webhook_id', {webhook}, 'due_at', now() + n * interval '1 second'"),
    ];

    /// <summary>The kinds of ids, each of which numbers its rows separately.</summary>
    private static readonly string[] Kinds =
    [
        "event", "type", "order", "item", "ticket", "refund", "scan", "mail", "key", "webhook", "user", "news",
        "delivery",
    ];

    /// <summary>The first kind whose table is partitioned by day.</summary>
    private static readonly int ByDay = 0x8001 + Array.IndexOf(Kinds, "news");

    /// <returns>
    /// A statement with the parameters <c>$1</c>, the organization, <c>$2</c>, the number of rows, and these two.
    /// </returns>
    public async Task<string> MultiplyAsync(NpgsqlConnection connection)
    {
        var (names, made) = await ColumnsAsync(connection);
        var values = Kinds.Aggregate(Values, (text, kind) => text.Replace(
            $"{{{kind}}}", Id(0x8001 + Array.IndexOf(Kinds, kind), "n"), StringComparison.Ordinal))
            .Replace("{email}", "'buyer-' || n || '@example.com'", StringComparison.Ordinal)
            .Replace("{owner}", Id(0x8000, "n"), StringComparison.Ordinal)
            .Replace("{other}", Id(0x8000, Name == "organizations" ? "n" : "n % 200"), StringComparison.Ordinal);
        return $$"""
            INSERT INTO {{Name}} ({{names}})
            SELECT {{made}} FROM (SELECT model FROM {{Name}} AS model LIMIT 1) AS one,
                generate_series(1, $2) AS n,
                LATERAL jsonb_populate_record(model, jsonb_build_object(
                    'organization_id', CASE WHEN n % 2 = 0 THEN $1 ELSE {{Id(0x8000, "n % 200")}} END)
                    || jsonb_build_object({{values}})) AS made
            WHERE $3 IS NOT NULL AND $4 IS NOT NULL
            """;
    }

    private static string Id(int kind, string number) =>
        $"('{Prefix(kind)}-7000-{kind:x4}-' || lpad(to_hex({number}), 12, '0'))::uuid";

    /// <summary>Partitioned rows are created today, as the product's own rows are.</summary>
    private static string Prefix(int kind) => kind >= ByDay
        ? PartitionedTable.FirstIdAt(TimeProvider.System.GetUtcNow()).ToString()[..13]
        : "00000000-0000";

    /// <returns>The names of all columns that are not computed, and their values in the new row.</returns>
    private async Task<(string Names, string Values)> ColumnsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT column_name::text FROM information_schema.columns
            WHERE table_name = $1 AND is_generated = 'NEVER'
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Name });
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
            names.Add(rows.GetString(0));
        return (string.Join(", ", names), string.Join(", ", names.Select(name => $"made.{name}")));
    }
}
