namespace Equaticket.Persistence.Webhooks;

/// <summary>The partitioned tables of webhooks. Their ids are UUIDv7, which begin with the time.</summary>
public static class WebhookTables
{
    public const string Events = "webhook_events";

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
}
