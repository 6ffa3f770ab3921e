namespace Equaticket.Persistence;

/// <summary>
/// Notifies every host when an organization's public listing changes, regardless of the source of the change. A sale
/// changes the listing only when a ticket type becomes sold out or is no longer sold out, so other sales send no
/// notification.
/// </summary>
public static class ListingTriggers
{
    /// <summary>The channel. The payload is the organization's slug.</summary>
    public const string Channel = "equaticket_listings";

    private const string EventColumns =
        "status, slug, title, description, timezone, starts_at, ends_at, currency, venue_name, venue_address, "
        + "published_at, created_at, version";

    private const string TicketTypeColumns =
        "name, description, price, currency, position, sales_start_at, sales_end_at, created_at, version";

    /// <remarks>
    /// The lock serializes changes of the listing and of the slug, so that the payload is never a slug that the
    /// organization no longer has.
    /// </remarks>
    internal static string Create =>
        $"""
        CREATE FUNCTION notify_listing() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE listing text;
        BEGIN
            SELECT slug INTO listing FROM organizations
            WHERE id = coalesce(NEW.organization_id, OLD.organization_id) FOR KEY SHARE;
            PERFORM pg_notify('{Channel}', listing);
            RETURN NULL;
        END $$;
        CREATE TRIGGER events_listing_insert AFTER INSERT ON events
            FOR EACH ROW WHEN (NEW.livemode AND NEW.status = 'published') EXECUTE FUNCTION notify_listing();
        CREATE TRIGGER events_listing_update AFTER UPDATE ON events
            FOR EACH ROW WHEN (NEW.livemode AND (OLD.status = 'published' OR NEW.status = 'published')
                AND {Differ(EventColumns)})
            EXECUTE FUNCTION notify_listing();
        CREATE TRIGGER events_listing_delete AFTER DELETE ON events
            FOR EACH ROW WHEN (OLD.livemode AND OLD.status = 'published') EXECUTE FUNCTION notify_listing();
        CREATE TRIGGER ticket_types_listing_insert AFTER INSERT ON ticket_types
            FOR EACH ROW WHEN (NEW.livemode) EXECUTE FUNCTION notify_listing();
        CREATE TRIGGER ticket_types_listing_update AFTER UPDATE ON ticket_types
            FOR EACH ROW WHEN (NEW.livemode AND ({Differ(TicketTypeColumns)}
                OR (OLD.quantity_sold >= OLD.quantity_total)
                    IS DISTINCT FROM (NEW.quantity_sold >= NEW.quantity_total)))
            EXECUTE FUNCTION notify_listing();
        CREATE TRIGGER ticket_types_listing_delete AFTER DELETE ON ticket_types
            FOR EACH ROW WHEN (OLD.livemode) EXECUTE FUNCTION notify_listing();

        CREATE FUNCTION notify_renamed_listing() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('{Channel}', OLD.slug);
            IF TG_OP = 'UPDATE' THEN
                PERFORM pg_notify('{Channel}', NEW.slug);
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER organizations_listing_update AFTER UPDATE ON organizations
            FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION notify_renamed_listing();
        CREATE TRIGGER organizations_listing_delete AFTER DELETE ON organizations
            FOR EACH ROW EXECUTE FUNCTION notify_renamed_listing();
        """;

    internal const string Drop =
        """
        DROP FUNCTION notify_listing() CASCADE;
        DROP FUNCTION notify_renamed_listing() CASCADE;
        """;

    private static string Differ(string columns) =>
        $"({Prefixed("OLD", columns)}) IS DISTINCT FROM ({Prefixed("NEW", columns)})";

    private static string Prefixed(string row, string columns) =>
        $"{row}.{columns.Replace(", ", $", {row}.", StringComparison.Ordinal)}";
}
