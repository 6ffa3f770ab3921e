using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>
/// Moves the counters of ticket types: total = sold + held + what is left. Each move is one statement
/// that locks the rows in the order of their ids, so that orders over several ticket types never
/// deadlock, and takes all or nothing; a constraint of the database stands behind it.
/// </summary>
internal static class Stock
{
    private const string Wanted =
        """
        SELECT ticket_type.id, wanted.count,
            ticket_type.quantity_held + {0} * wanted.count AS held,
            ticket_type.quantity_sold + {1} * wanted.count AS sold,
            ticket_type.quantity_total AS total
        FROM unnest({2}, {3}) AS wanted (id, count)
        JOIN ticket_types AS ticket_type USING (id)
        """;

    private const string OfTenant =
        "WHERE ticket_type.organization_id = {4} AND ticket_type.livemode = {5} ORDER BY ticket_type.id";

    /// <remarks>
    /// Cancelling an event locks its ticket types first. Whoever waited for that lock sees the event as
    /// it is then: a row that is locked is judged by its newest version.
    /// </remarks>
    private static readonly string Take = Statement(
        $$"""
        {{Wanted}}
        JOIN events AS event ON event.organization_id = ticket_type.organization_id
            AND event.livemode = ticket_type.livemode AND event.id = ticket_type.event_id
            AND event.status = 'published'
        {{OfTenant}}
        FOR NO KEY UPDATE OF ticket_type FOR KEY SHARE OF event
        """,
        "bool_and(total IS NULL OR held + sold <= total)");

    private static readonly string Shift = Statement(
        $"{Wanted} {OfTenant} FOR NO KEY UPDATE OF ticket_type", "true");

    /// <summary>Sets tickets aside for a checkout.</summary>
    /// <returns>
    /// Whether all of a type is sold; null when there are too few of one, or the event is no longer
    /// published, and then nothing was set aside.
    /// </returns>
    public static Task<bool?> HoldAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(
            database, quantities, new Move(Take, Held: 1, Sold: 0), cancellationToken);

    /// <summary>Sells tickets that were not set aside.</summary>
    /// <returns>
    /// Whether all of a type is sold now; null when there are too few of one, or the event is no longer
    /// published, and then nothing was sold.
    /// </returns>
    public static Task<bool?> SellAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(
            database, quantities, new Move(Take, Held: 0, Sold: 1), cancellationToken);

    /// <summary>Sells tickets that were set aside.</summary>
    /// <returns>Whether all of a type is sold now; null when a type is missing.</returns>
    public static Task<bool?> SellHeldAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(
            database, quantities, new Move(Shift, Held: -1, Sold: 1), cancellationToken);

    /// <summary>Gives back what a checkout had set aside.</summary>
    public static Task ReleaseAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        MoveAsync(database, quantities, new Move(Shift, Held: -1, Sold: 0), cancellationToken);

    /// <summary>Takes sold tickets back.</summary>
    /// <returns>Whether all of a type was sold before.</returns>
    public static async Task<bool> ReturnAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        (await MoveAsync(
            database, quantities, new Move(Shift, Held: 0, Sold: -1), cancellationToken))
        .Contains(true);

    /// <summary>Locks ticket types that more than one of these moves is to change.</summary>
    public static Task LockAsync(
        EquaticketDbContext database, Guid[] typeIds, CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        return database.Database.ExecuteSqlAsync(
            $"""
            SELECT 1 FROM ticket_types
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND id = ANY ({typeIds})
            ORDER BY id FOR NO KEY UPDATE
            """,
            cancellationToken);
    }

    /// <summary>
    /// Waits for the sales of an event that are under way, and lets none begin until the transaction
    /// ends.
    /// </summary>
    public static Task LockAllAsync(
        EquaticketDbContext database, Guid eventId, CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        return database.Database.ExecuteSqlAsync(
            $"""
            SELECT 1 FROM events AS event JOIN ticket_types AS ticket_type
                ON ticket_type.organization_id = event.organization_id
                AND ticket_type.livemode = event.livemode AND ticket_type.event_id = event.id
            WHERE event.organization_id = {tenant.OrganizationId}
                AND event.livemode = {tenant.Livemode} AND event.id = {eventId}
            ORDER BY ticket_type.id
            FOR KEY SHARE OF event FOR NO KEY UPDATE OF ticket_type
            """,
            cancellationToken);
    }

    private static async Task<bool?> AllOrNothingAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var isSoldOut = await MoveAsync(database, quantities, move, cancellationToken);
        return isSoldOut.Count == quantities.Count ? isSoldOut.Contains(true) : null;
    }

    /// <returns>For each type that was moved, whether all of it is, or was before, sold.</returns>
    private static Task<List<bool>> MoveAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        return database.Database.SqlQueryRaw<bool>(
            move.Sql,
            move.Held,
            move.Sold,
            quantities.Select(quantity => quantity.TicketTypeId).ToArray(),
            quantities.Select(quantity => quantity.Count).ToArray(),
            tenant.OrganizationId,
            tenant.Livemode,
            quantities.Count).ToListAsync(cancellationToken);
    }

    /// <param name="locked">Locks the rows and tells their new counters.</param>
    /// <param name="condition">What must hold for all of them.</param>
    private static string Statement(string locked, string condition) =>
        $$"""
        WITH locked AS ({{locked}})
        UPDATE ticket_types AS moved
        SET quantity_held = locked.held, quantity_sold = locked.sold
        FROM locked
        WHERE moved.organization_id = {4} AND moved.livemode = {5} AND moved.id = locked.id
            AND (SELECT count(*) = {6} AND {{condition}} FROM locked)
        RETURNING coalesce(
            greatest(locked.sold, locked.sold - {1} * locked.count) = locked.total, false) AS "Value"
        """;

    /// <summary>What a move does with each ticket: 1 adds it to the counter, -1 takes it off.</summary>
    private readonly record struct Move(string Sql, int Held, int Sold);
}

/// <summary>So many tickets of one type.</summary>
internal readonly record struct Quantity(Guid TicketTypeId, int Count);
