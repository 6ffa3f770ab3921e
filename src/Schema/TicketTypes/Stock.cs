using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>
/// Changes the counters of ticket types: total = sold + held + available. Each change is a single all-or-nothing
/// statement that locks the rows in the order of their ids, so that orders for several ticket types never deadlock. A
/// database constraint enforces the counters as well.
/// </summary>
/// <remarks>
/// Many transactions wait for the same row. The change comes before the rows that refer to the ticket type: otherwise,
/// all waiting transactions would share a lock on the row, and PostgreSQL would write their list again at each sale.
/// </remarks>
internal static class Stock
{
    /// <remarks>
    /// A row that was changed concurrently is checked in its latest version, including the version number that the
    /// buyer saw. The event bounds what any plan of the prepared statement reads.
    /// </remarks>
    private const string Change =
        """
        WITH locked AS (
            SELECT ticket_type.id, wanted.count,
                ticket_type.quantity_held + $7 * wanted.count AS held,
                ticket_type.quantity_sold + $8 * wanted.count AS sold,
                ticket_type.quantity_total AS total
            FROM unnest($4::uuid[], $5::integer[], $6::integer[]) AS wanted (id, count, version)
            JOIN ticket_types AS ticket_type USING (id)
            WHERE ticket_type.organization_id = $1 AND ticket_type.livemode = $2 AND ticket_type.event_id = $3
                AND coalesce(wanted.version, ticket_type.version) = ticket_type.version
            ORDER BY ticket_type.id
            FOR NO KEY UPDATE OF ticket_type)
        UPDATE ticket_types AS moved
        SET quantity_held = locked.held, quantity_sold = locked.sold
        FROM locked
        WHERE moved.organization_id = $1 AND moved.livemode = $2 AND moved.id = locked.id
            AND (SELECT count(*) = cardinality($4::uuid[])
                AND bool_and(total IS NULL OR held + sold <= total OR $7 + $8 <= 0)
                FROM locked)
        RETURNING coalesce(locked.sold = locked.total, false)
        """;

    /// <summary>Holds tickets for a checkout.</summary>
    /// <param name="batch">The statements that follow in the same round trip, even if too few tickets are left.</param>
    /// <param name="eventId">The event of the ticket types.</param>
    /// <param name="quantities">The tickets.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// Whether a type is sold out; null if a type has too few tickets or has changed, in which case nothing is held.
    /// </returns>
    public static Task<bool?> HoldAsync(
        StatementBatch batch,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(batch, eventId, quantities, new Move(Held: 1, Sold: 0), cancellationToken);

    /// <summary>Sells tickets that were not held.</summary>
    /// <returns>
    /// Whether a type is now sold out; null if a type has too few tickets or has changed, in which case nothing is
    /// sold.
    /// </returns>
    /// <inheritdoc cref="HoldAsync" path="/param"/>
    public static Task<bool?> SellAsync(
        StatementBatch batch,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(batch, eventId, quantities, new Move(Held: 0, Sold: 1), cancellationToken);

    /// <summary>Sells held tickets.</summary>
    /// <returns>Whether a type is now sold out; null if a type is missing.</returns>
    /// <inheritdoc cref="HoldAsync" path="/param"/>
    public static Task<bool?> SellHeldAsync(
        StatementBatch batch,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken) =>
        AllOrNothingAsync(batch, eventId, quantities, new Move(Held: -1, Sold: 1), cancellationToken);

    /// <summary>Releases the tickets held by a checkout.</summary>
    public static async Task ReleaseAsync(
        EquaticketDbContext database,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken)
    {
        await using var batch = new StatementBatch(database);
        await MoveAsync(batch, eventId, quantities, new Move(Held: -1, Sold: 0), cancellationToken);
    }

    /// <summary>Returns sold tickets.</summary>
    public static async Task ReturnAsync(
        EquaticketDbContext database,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        CancellationToken cancellationToken)
    {
        await using var batch = new StatementBatch(database);
        await MoveAsync(batch, eventId, quantities, new Move(Held: 0, Sold: -1), cancellationToken);
    }

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
        StatementBatch batch,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var isSoldOut = await MoveAsync(batch, eventId, quantities, move, cancellationToken);
        return isSoldOut.Count == quantities.Count ? isSoldOut.Contains(true) : null;
    }

    /// <returns>For each changed type, whether it is now sold out.</returns>
    private static async Task<List<bool>> MoveAsync(
        StatementBatch batch,
        Guid eventId,
        IReadOnlyCollection<Quantity> quantities,
        Move move,
        CancellationToken cancellationToken)
    {
        var tenant = batch.Database.Tenant!.Value;
        var ids = quantities.Select(quantity => quantity.TicketTypeId).ToArray();
        batch.Database.LocksHotRows = true;
        batch.AddFirst(
            Change, tenant.OrganizationId, tenant.Livemode, eventId, ids,
            quantities.Select(quantity => quantity.Count).ToArray(),
            quantities.Select(quantity => quantity.Version).ToArray(),
            move.Held, move.Sold);
        batch.AddFirst(RowLocks.StockTurn, ids);
        await using var results = await batch.ReadAsync(cancellationToken);
        await results.NextResultAsync(cancellationToken);
        var isSoldOut = new List<bool>();
        while (await results.ReadAsync(cancellationToken))
            isSoldOut.Add(results.GetBoolean(0));
        await results.CloseAsync();
        return isSoldOut;
    }

    /// <summary>The change of each counter per ticket: 1 adds the ticket to the counter, -1 removes it.</summary>
    private readonly record struct Move(int Held, int Sold);
}

/// <summary>A number of tickets of one type.</summary>
/// <param name="TicketTypeId">The type.</param>
/// <param name="Count">The number of tickets.</param>
/// <param name="Version">The version that the type must still have; null for any.</param>
internal readonly record struct Quantity(Guid TicketTypeId, int Count, int? Version = null);
