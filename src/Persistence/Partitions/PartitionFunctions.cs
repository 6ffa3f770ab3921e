using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Persistence.Partitions;

/// <summary>
/// Functions that create and drop partitions with the permissions of the tables' owner, so that the servers' role
/// doesn't need permission to change the schema. They reject all other tables.
/// </summary>
internal static class PartitionFunctions
{
    private const string Check =
        $"""
        IF parent NOT IN ('{ActivityTables.Requests}', '{WebhookTables.Events}', '{WebhookTables.Deliveries}') THEN
                RAISE EXCEPTION '% is not partitioned by day', parent;
            END IF;
        """;

    /// <remarks>The search path is fixed. Otherwise, the caller could redirect the function to other tables.</remarks>
    internal const string Create =
        $"""
        CREATE FUNCTION create_day_partition(parent text, day date) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            {Check}
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                parent || to_char(day, '_YYYYMMDD'), parent, first_id_of_day(day), first_id_of_day(day + 1));
        END $$;
        CREATE FUNCTION drop_day_partition(parent text, day date) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            {Check}
            EXECUTE format('DROP TABLE IF EXISTS %I', parent || to_char(day, '_YYYYMMDD'));
        END $$;
        CREATE FUNCTION first_id_of_day(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT rpad(lpad(to_hex(extract(epoch FROM day)::bigint * 1000), 12, '0'), 32, '0')::uuid
        $$;
        DO $$
        DECLARE
            name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['create_day_partition', 'drop_day_partition'] LOOP
                EXECUTE format('ALTER FUNCTION %I(text, date) SET search_path = %I, pg_temp', name, current_schema());
                EXECUTE format('REVOKE EXECUTE ON FUNCTION %I(text, date) FROM PUBLIC', name);
            END LOOP;
        END $$;
        """;

    internal const string Drop =
        """
        DROP FUNCTION create_day_partition(text, date);
        DROP FUNCTION drop_day_partition(text, date);
        DROP FUNCTION first_id_of_day(date);
        """;
}
