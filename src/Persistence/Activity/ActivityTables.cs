using Equaticket.Persistence.Partitions;

namespace Equaticket.Persistence.Activity;

/// <summary>The partitioned table of API requests.</summary>
public static class ActivityTables
{
    public const string Requests = "api_requests";

    public static PartitionedTable RequestsByDay { get; } = new(Requests, DaysKept: 30);

    internal const string Create =
        $"""
        CREATE TABLE {Requests} (
            id uuid NOT NULL,
            organization_id uuid NOT NULL,
            livemode boolean NOT NULL,
            api_key_id uuid NOT NULL,
            request_id text NOT NULL,
            method text NOT NULL,
            path text NOT NULL,
            status integer NOT NULL,
            error_code text,
            duration_ms integer NOT NULL,
            address text,
            user_agent text,
            created_at timestamp with time zone NOT NULL,
            CONSTRAINT pk_{Requests} PRIMARY KEY (organization_id, id)
        ) PARTITION BY RANGE (id);
        CREATE TABLE {Requests}_default PARTITION OF {Requests} DEFAULT;
        CREATE INDEX ix_{Requests}_page ON {Requests} (organization_id, created_at, id);
        CREATE INDEX ix_{Requests}_key_page
            ON {Requests} (organization_id, api_key_id, created_at, id);
        CREATE INDEX ix_{Requests}_request_id ON {Requests} (request_id);
        """;

    internal const string Drop = $"DROP TABLE {Requests};";

    /// <summary>Adds a paging index for each selective filter.</summary>
    internal const string AddFilterIndexes =
        $"""
        CREATE INDEX ix_{Requests}_path_page ON {Requests} (organization_id, path, created_at, id);
        CREATE INDEX ix_{Requests}_status_page
            ON {Requests} (organization_id, (status / 100), created_at, id);
        """;

    /// <summary>Adds the columns that identify repeated and failed requests.</summary>
    internal const string AddDetails =
        $"""
        ALTER TABLE {Requests} ADD COLUMN route text, ADD COLUMN idempotency_key text,
            ADD COLUMN is_replay boolean NOT NULL DEFAULT false, ADD COLUMN error_param text;
        CREATE INDEX ix_{Requests}_idempotency_key_page
            ON {Requests} (organization_id, idempotency_key, created_at, id) WHERE idempotency_key IS NOT NULL;
        CREATE INDEX ix_{Requests}_route_page ON {Requests} (organization_id, route, created_at, id);
        CREATE INDEX ix_{Requests}_method_page ON {Requests} (organization_id, method, created_at, id);
        CREATE INDEX ix_{Requests}_mode_page ON {Requests} (organization_id, livemode, created_at, id);
        CREATE INDEX ix_{Requests}_errors ON {Requests} (organization_id, livemode, created_at)
            WHERE error_code IS NOT NULL;
        """;

    internal const string DropDetails =
        $"""
        DROP INDEX ix_{Requests}_method_page; DROP INDEX ix_{Requests}_mode_page;
        DROP INDEX ix_{Requests}_errors;
        ALTER TABLE {Requests} DROP COLUMN route, DROP COLUMN idempotency_key, DROP COLUMN is_replay,
            DROP COLUMN error_param;
        """;

    internal const string AddWrites = $"ALTER TABLE {Requests} ADD COLUMN writes text[] NOT NULL DEFAULT '{{}}'";

    internal const string DropWrites = $"ALTER TABLE {Requests} DROP COLUMN writes";

    internal const string DropFilterIndexes =
        $"DROP INDEX ix_{Requests}_path_page; DROP INDEX ix_{Requests}_status_page;";

    /// <summary>
    /// Starts the key and the indexes with the mode. Leaves out of the index of a filter the requests with the usual
    /// value, which the key finds by time, and out of the index by route those that the index by path finds.
    /// </summary>
    internal const string IndexByMode =
        $"""
        {DropFilterPages}
        DROP INDEX ix_{Requests}_page; DROP INDEX ix_{Requests}_mode_page;
        ALTER TABLE {Requests} DROP CONSTRAINT pk_{Requests},
            ADD CONSTRAINT pk_{Requests} PRIMARY KEY (organization_id, livemode, created_at, id);
        CREATE INDEX ix_{Requests}_key_page ON {Requests} (organization_id, livemode, api_key_id, created_at, id);
        CREATE INDEX ix_{Requests}_path_page ON {Requests} (organization_id, livemode, path, created_at, id);
        CREATE INDEX ix_{Requests}_route_page ON {Requests} (organization_id, livemode, route, created_at, id)
            WHERE route <> path;
        CREATE INDEX ix_{Requests}_method_page ON {Requests} (organization_id, livemode, method, created_at, id)
            WHERE method <> 'GET';
        CREATE INDEX ix_{Requests}_status_page
            ON {Requests} (organization_id, livemode, (status / 100), created_at, id) WHERE status / 100 <> 2;
        CREATE INDEX ix_{Requests}_idempotency_key_page
            ON {Requests} (organization_id, livemode, idempotency_key, created_at, id)
            WHERE idempotency_key IS NOT NULL;
        """;

    internal const string IndexByOrganization =
        $"""
        {DropFilterPages}
        ALTER TABLE {Requests} DROP CONSTRAINT pk_{Requests},
            ADD CONSTRAINT pk_{Requests} PRIMARY KEY (organization_id, id);
        CREATE INDEX ix_{Requests}_page ON {Requests} (organization_id, created_at, id);
        CREATE INDEX ix_{Requests}_mode_page ON {Requests} (organization_id, livemode, created_at, id);
        CREATE INDEX ix_{Requests}_key_page ON {Requests} (organization_id, api_key_id, created_at, id);
        CREATE INDEX ix_{Requests}_path_page ON {Requests} (organization_id, path, created_at, id);
        CREATE INDEX ix_{Requests}_route_page ON {Requests} (organization_id, route, created_at, id);
        CREATE INDEX ix_{Requests}_method_page ON {Requests} (organization_id, method, created_at, id);
        CREATE INDEX ix_{Requests}_status_page ON {Requests} (organization_id, (status / 100), created_at, id);
        CREATE INDEX ix_{Requests}_idempotency_key_page
            ON {Requests} (organization_id, idempotency_key, created_at, id) WHERE idempotency_key IS NOT NULL;
        """;

    private const string DropFilterPages =
        $"""
        DROP INDEX ix_{Requests}_key_page; DROP INDEX ix_{Requests}_path_page; DROP INDEX ix_{Requests}_route_page;
        DROP INDEX ix_{Requests}_method_page; DROP INDEX ix_{Requests}_status_page;
        DROP INDEX ix_{Requests}_idempotency_key_page;
        """;
}
