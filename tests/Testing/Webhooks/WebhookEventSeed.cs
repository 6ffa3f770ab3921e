namespace Equaticket.Testing.Webhooks;

/// <summary>Adds many events at once, as the product records them; the database fans them out.</summary>
public static class WebhookEventSeed
{
    private const string Insert =
        """
        INSERT INTO webhook_events (id, organization_id, livemode, type, data, created_at)
        SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
            || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, $1, true,
            'event.sold_out', '{"event_id":"019e9c3a-7e40-7000-8000-000000000001","event_title":"A"}',
            now()
        FROM generate_series(1, $2) AS n
        """;

    public static Task AddAsync(TestHost host, TestOrganization organization, int count) =>
        host.ExecuteSqlAsync(Insert, organization.Organization.Id, count);
}
