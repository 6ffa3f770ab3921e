using Equaticket.Persistence.Partitions;

namespace Equaticket.Persistence.Webhooks;

/// <summary>The partitioned tables of webhooks. Their ids are UUIDv7, which start with the time.</summary>
public static class WebhookTables
{
    public const string Events = "webhook_events";
    public const string Deliveries = "webhook_deliveries";
    public const string Queue = "webhook_queue";

    private const int DaysOfHistory = 30;

    // Deliveries may be redelivered on their last day, and need their payload until the last attempt.
    private const int DaysOfEvents = DaysOfHistory + 5;

    public static PartitionedTable EventsByDay { get; } = new(Events, DaysOfEvents);

    public static PartitionedTable DeliveriesByDay { get; } = new(Deliveries, DaysOfHistory);

    internal const string Create =
        $"""
        CREATE TABLE {Events} (
            id uuid NOT NULL,
            organization_id uuid NOT NULL,
            livemode boolean NOT NULL,
            type text NOT NULL,
            data text NOT NULL,
            order_id uuid,
            created_at timestamp with time zone NOT NULL,
            CONSTRAINT pk_{Events} PRIMARY KEY (organization_id, id),
            CONSTRAINT ak_{Events}_organization_id_livemode_id UNIQUE (organization_id, livemode, id)
        ) PARTITION BY RANGE (id);
        CREATE TABLE {Events}_default PARTITION OF {Events} DEFAULT;
        CREATE INDEX ix_{Events}_page ON {Events} (organization_id, livemode, created_at, id);
        CREATE INDEX ix_{Events}_order_id ON {Events} (organization_id, livemode, order_id)
            WHERE order_id IS NOT NULL;
        """;

    internal const string Drop = $"DROP TABLE {Events};";

    /// <remarks>
    /// Subscriptions follow events in the order of their transactions: ids are generated before the commit, so they do
    /// not show whether earlier rows may still appear. Existing rows get 0.
    /// </remarks>
    internal const string AddOrder =
        $"""
        ALTER TABLE {Events} ADD COLUMN event_id uuid,
            ADD COLUMN transaction_id xid8 NOT NULL DEFAULT '0';
        ALTER TABLE {Events} ALTER COLUMN transaction_id SET DEFAULT pg_current_xact_id();
        CREATE INDEX ix_{Events}_event_id ON {Events} (event_id, transaction_id, id)
            WHERE event_id IS NOT NULL;
        """;

    internal const string RemoveOrder =
        $"ALTER TABLE {Events} DROP COLUMN event_id, DROP COLUMN transaction_id;";

    /// <summary>Finds the events of a request.</summary>
    internal const string AddRequestId =
        $"""
        ALTER TABLE {Events} ADD COLUMN request_id text;
        CREATE INDEX ix_{Events}_request_id ON {Events} (request_id, organization_id, id)
            WHERE request_id IS NOT NULL;
        """;

    internal const string DropRequestId = $"ALTER TABLE {Events} DROP COLUMN request_id";

    internal const string CreateDeliveries =
        $"""
        CREATE TABLE {Deliveries} (
            id uuid NOT NULL,
            organization_id uuid NOT NULL,
            livemode boolean NOT NULL,
            webhook_id uuid NOT NULL,
            event_id uuid NOT NULL,
            type text NOT NULL,
            status text NOT NULL,
            attempts jsonb NOT NULL,
            created_at timestamp with time zone NOT NULL,
            CONSTRAINT pk_{Deliveries} PRIMARY KEY (organization_id, id),
            CONSTRAINT ak_{Deliveries}_organization_id_livemode_id
                UNIQUE (organization_id, livemode, id),
            CONSTRAINT ck_{Deliveries}_status CHECK (status IN ('pending', 'succeeded', 'failed'))
        ) PARTITION BY RANGE (id);
        CREATE TABLE {Deliveries}_default PARTITION OF {Deliveries} DEFAULT;
        CREATE INDEX ix_{Deliveries}_page
            ON {Deliveries} (organization_id, livemode, webhook_id, created_at, id);
        CREATE INDEX ix_{Deliveries}_status_page
            ON {Deliveries} (organization_id, livemode, webhook_id, status, created_at, id);
        ALTER TABLE {Queue} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
        {FanOut.Create}
        """;

    internal const string AddDeliveryIndexes =
        $"""
        CREATE INDEX ix_{Deliveries}_type_page
            ON {Deliveries} (organization_id, livemode, webhook_id, type, created_at, id);
        CREATE INDEX ix_{Deliveries}_event_id ON {Deliveries} (organization_id, event_id);
        """;

    internal const string RemoveDeliveryIndexes =
        $"DROP INDEX ix_{Deliveries}_type_page; DROP INDEX ix_{Deliveries}_event_id;";

    /// <summary>Drops keys that nothing references.</summary>
    internal const string DropUniqueKeys =
        $"""
        ALTER TABLE {Events} DROP CONSTRAINT ak_{Events}_organization_id_livemode_id;
        ALTER TABLE {Deliveries} DROP CONSTRAINT ak_{Deliveries}_organization_id_livemode_id;
        """;

    internal const string AddUniqueKeys =
        $"""
        ALTER TABLE {Events}
            ADD CONSTRAINT ak_{Events}_organization_id_livemode_id UNIQUE (organization_id, livemode, id);
        ALTER TABLE {Deliveries}
            ADD CONSTRAINT ak_{Deliveries}_organization_id_livemode_id UNIQUE (organization_id, livemode, id);
        """;

    internal const string DropDeliveries = $"{FanOut.Drop} DROP TABLE {Deliveries};";
}

/// <summary>
/// Creates a delivery for each webhook subscribed to an event, in the statement that inserts the event. Because the
/// database does this, every cause of an event is covered, no sale makes another round trip, and none locks a webhook.
/// </summary>
internal static class FanOut
{
    /// <remarks>
    /// A delivery's id is a UUIDv7 that starts with the time of its event, so that both are in the partition of the
    /// same day. A ping is delivered only to the webhook that it tests.
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
