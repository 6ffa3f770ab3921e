namespace Equaticket.Persistence;

/// <summary>
/// Triggers that run on certain writes, regardless of their source. The first migration creates them.
/// </summary>
public static class Triggers
{
    /// <summary>
    /// The channel that notifies every host that its cached data about a key may be stale. The payload is the id of the
    /// key, or of the organization whose plan or slug has changed.
    /// </summary>
    public const string CallersChannel = "equaticket_callers";

    internal const string Create =
        $"""
        CREATE FUNCTION notify_callers() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('{CallersChannel}', OLD.id::text);
            RETURN NULL;
        END $$;
        CREATE TRIGGER api_keys_changed AFTER UPDATE OR DELETE ON api_keys
            FOR EACH ROW EXECUTE FUNCTION notify_callers();
        CREATE TRIGGER organizations_changed AFTER UPDATE ON organizations
            FOR EACH ROW EXECUTE FUNCTION notify_callers();

        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% takes new rows only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        """;

    internal const string Drop =
        """
        DROP FUNCTION notify_callers() CASCADE;
        DROP FUNCTION refuse_change() CASCADE;
        """;
}
