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
    /// <summary>Sets tickets aside for a checkout.</summary>
    /// <returns>False when there are too few of one type; then nothing was set aside.</returns>
    public static async Task<bool> HoldAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        (await MoveAsync(database, quantities, new Move(Held: 1, Sold: 0), cancellationToken)).Count
            == quantities.Count;

    /// <summary>Sells tickets that were not set aside.</summary>
    /// <returns>
    /// Whether a type has none left; null when there are too few, and then nothing was sold.
    /// </returns>
    public static Task<bool?> SellAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        SellAsync(database, quantities, new Move(Held: 0, Sold: 1), cancellationToken);

    /// <summary>Sells tickets that were set aside.</summary>
    /// <returns>Whether a type has none left; null when they were not set aside.</returns>
    public static Task<bool?> SellHeldAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        SellAsync(database, quantities, new Move(Held: -1, Sold: 1), cancellationToken);

    /// <summary>Gives back what a checkout had set aside.</summary>
    public static Task ReleaseAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        MoveAsync(database, quantities, new Move(Held: -1, Sold: 0), cancellationToken);

    /// <summary>Takes sold tickets back.</summary>
    public static Task ReturnAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        MoveAsync(database, quantities, new Move(Held: 0, Sold: -1), cancellationToken);

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

    private static async Task<bool?> SellAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var isSoldOut = await MoveAsync(database, quantities, move, cancellationToken);
        return isSoldOut.Count == quantities.Count ? isSoldOut.Contains(true) : null;
    }

    /// <returns>For each type that was moved, whether all of it is sold.</returns>
    private static Task<List<bool>> MoveAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        var ids = quantities.Select(quantity => quantity.TicketTypeId).ToArray();
        var counts = quantities.Select(quantity => quantity.Count).ToArray();
        return database.Database.SqlQuery<bool>(
            $"""
            WITH locked AS (
                SELECT ticket_type.id, wanted.count,
                    ticket_type.quantity_held + {move.Held} * wanted.count AS held,
                    ticket_type.quantity_sold + {move.Sold} * wanted.count AS sold,
                    ticket_type.quantity_total AS total
                FROM unnest({ids}, {counts}) AS wanted (id, count)
                JOIN ticket_types AS ticket_type USING (id)
                WHERE ticket_type.organization_id = {tenant.OrganizationId}
                    AND ticket_type.livemode = {tenant.Livemode}
                ORDER BY ticket_type.id
                FOR NO KEY UPDATE OF ticket_type)
            UPDATE ticket_types AS moved
            SET quantity_held = locked.held, quantity_sold = locked.sold
            FROM locked
            WHERE moved.organization_id = {tenant.OrganizationId}
                AND moved.livemode = {tenant.Livemode} AND moved.id = locked.id
                AND (SELECT count(*) = {ids.Length}
                    AND bool_and(total IS NULL OR held + sold <= total OR {move.Held + move.Sold} < 0)
                    FROM locked)
            RETURNING coalesce(moved.quantity_sold = moved.quantity_total, false) AS "Value"
            """).ToListAsync(cancellationToken);
    }

    /// <summary>What a move does with each ticket: 1 adds it to the counter, -1 takes it off.</summary>
    private readonly record struct Move(int Held, int Sold);
}

/// <summary>So many tickets of one type.</summary>
internal readonly record struct Quantity(Guid TicketTypeId, int Count);
