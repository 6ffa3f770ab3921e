namespace Equaticket.Persistence.Webhooks;

/// <summary>
/// Creates a delivery for each webhook subscribed to an event, in the statement that inserts the event. The
/// database does it, so that every cause of an event is covered, no sale makes another round trip,
/// and none locks a webhook.
/// </summary>
internal static class FanOut
{
    /// <remarks>
    /// The id of a delivery is a UUIDv7 that begins with the time of its event, so that both are in
    /// the partition of the same day. A ping is delivered only to its own webhook.
    /// </remarks>
    public const string Create =
        $"""
        CREATE FUNCTION fan_out_webhook_events() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            WITH made AS (
                INSERT INTO {WebhookTables.Deliveries} (id, organization_id, livemode, webhook_id,
                    event_id, type, status, attempts, created_at)
                SELECT (left(replace(event.id::text, '-', ''), 12) || '7'
                        || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid,
                    event.organization_id, event.livemode, webhook.id, event.id, event.type,
                    'pending', '[]', event.created_at
                FROM added AS event
                JOIN webhooks AS webhook ON webhook.organization_id = event.organization_id
                    AND webhook.livemode = event.livemode AND webhook.status = 'enabled'
                    AND event.type = ANY (webhook.events)
                WHERE event.type <> 'webhook.ping'
                RETURNING id, organization_id, livemode, webhook_id, event_id, created_at)
            INSERT INTO {WebhookTables.Queue} (
                delivery_id, organization_id, livemode, webhook_id, event_id, step, due_at)
            SELECT id, organization_id, livemode, webhook_id, event_id, 0, created_at FROM made;
            RETURN NULL;
        END $$;
        CREATE TRIGGER webhook_events_fan_out AFTER INSERT ON {WebhookTables.Events}
            REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION fan_out_webhook_events();
        """;

    public const string Drop = "DROP FUNCTION fan_out_webhook_events() CASCADE;";
}
