using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>
/// Changes the counters of ticket types: total = sold + held + available. Each change is a single all-or-nothing
/// statement that locks the rows in the order of their ids, so that orders for several ticket types never deadlock. A
/// database constraint enforces the counters as well.
/// </summary>
internal static class Stock
{
    /// <summary>Holds tickets for a checkout.</summary>
    /// <returns>
    /// Whether a type is sold out; null if a type has too few tickets or has changed, in which case nothing is held.
    /// </returns>
    public static Task<bool?> HoldAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(
            database, quantities, new Move(Held: 1, Sold: 0), cancellationToken);

    /// <summary>Sells tickets that were not held.</summary>
    /// <returns>
    /// Whether a type is now sold out; null if a type has too few tickets or has changed, in which case nothing is
    /// sold.
    /// </returns>
    public static Task<bool?> SellAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(
            database, quantities, new Move(Held: 0, Sold: 1), cancellationToken);

    /// <summary>Sells held tickets.</summary>
    /// <returns>Whether a type is now sold out; null if a type is missing.</returns>
    public static Task<bool?> SellHeldAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(
            database, quantities, new Move(Held: -1, Sold: 1), cancellationToken);

    /// <summary>Releases the tickets held by a checkout.</summary>
    public static Task ReleaseAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        MoveAsync(database, quantities, new Move(Held: -1, Sold: 0), cancellationToken);

    /// <summary>Returns sold tickets.</summary>
    /// <returns>Whether a type was sold out before.</returns>
    public static async Task<bool> ReturnAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        (await MoveAsync(
            database, quantities, new Move(Held: 0, Sold: -1), cancellationToken))
        .Contains(true);

    /// <summary>
    /// Ends the sales of an event. Waits for sales in progress; later sales find that the ticket types have changed.
    /// </summary>
    public static async Task EndSalesAsync(
        EquaticketDbContext database,
        Guid eventId,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await RowLocks.KeepEvent(database, eventId).LoadAsync(cancellationToken);
        var ids = await RowLocks.TicketTypesOfEvent(database, eventId).Select(type => type.Id)
            .ToListAsync(cancellationToken);
        await database.TicketTypes.Where(type => ids.Contains(type.Id)).ExecuteUpdateAsync(
            type => type.SetProperty(t => t.Version, t => t.Version + 1).SetProperty(t => t.UpdatedAt, now),
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

    /// <remarks>
    /// A row that was changed concurrently is checked in its latest version, including the version number that the
    /// buyer saw.
    /// </remarks>
    /// <returns>For each changed type, whether it is sold out, or was before the change.</returns>
    private static Task<List<bool>> MoveAsync(
        EquaticketDbContext database,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        var ids = quantities.Select(quantity => quantity.TicketTypeId).ToArray();
        var counts = quantities.Select(quantity => quantity.Count).ToArray();
        var versions = quantities.Select(quantity => quantity.Version).ToArray();
        return database.Database.SqlQuery<bool>(
            $"""
            WITH locked AS (
                SELECT ticket_type.id, wanted.count,
                    ticket_type.quantity_held + {move.Held} * wanted.count AS held,
                    ticket_type.quantity_sold + {move.Sold} * wanted.count AS sold,
                    ticket_type.quantity_total AS total
                FROM unnest({ids}, {counts}, {versions}) AS wanted (id, count, version)
                JOIN ticket_types AS ticket_type USING (id)
                WHERE ticket_type.organization_id = {tenant.OrganizationId}
                    AND ticket_type.livemode = {tenant.Livemode}
                    AND coalesce(wanted.version, ticket_type.version) = ticket_type.version
                ORDER BY ticket_type.id
                FOR NO KEY UPDATE OF ticket_type)
            UPDATE ticket_types AS moved
            SET quantity_held = locked.held, quantity_sold = locked.sold
            FROM locked
            WHERE moved.organization_id = {tenant.OrganizationId}
                AND moved.livemode = {tenant.Livemode} AND moved.id = locked.id
                AND (SELECT count(*) = {ids.Length}
                    AND bool_and(total IS NULL OR held + sold <= total OR {move.Held + move.Sold} <= 0)
                    FROM locked)
            RETURNING coalesce(
                greatest(locked.sold, locked.sold - {move.Sold} * locked.count) = locked.total,
                false) AS "Value"
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The change of each counter per ticket: 1 adds the ticket to the counter, -1 removes it.</summary>
    private readonly record struct Move(int Held, int Sold);
}

/// <summary>A number of tickets of one type.</summary>
/// <param name="TicketTypeId">The type.</param>
/// <param name="Count">The number of tickets.</param>
/// <param name="Version">The version that the type must still have; null for any.</param>
internal readonly record struct Quantity(Guid TicketTypeId, int Count, int? Version = null);
