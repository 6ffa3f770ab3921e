using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Equaticket.Schema.TicketTypes;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Events;

/// <summary>Reads events of the caller's organization and mode.</summary>
internal static class EventReader
{
    private static readonly SourceQuery<Event, EventRow> Query = new(EventRow.Select, _ => EventRow.Read);

    public static RowSource<Event, EventRow> Rows { get; } = new(
        nameof(Event),
        row => row.Event,
        (_, events, token) => events.Select(EventRow.FromEvent).ToListAsync(token))
    {
        Query = Query,
    };

    /// <exception cref="ApiError">The caller has no event with this id.</exception>
    public static async Task<EventRow> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await Query.FindAsync(operation, id, cancellationToken)
        ?? throw ApiError.NotFound("event");

    /// <exception cref="ApiError">The caller has no event with this slug.</exception>
    public static async Task<EventRow> GetBySlugAsync(
        OperationContext operation, string slug, CancellationToken cancellationToken) =>
        await operation.Database.Events.Where(e => e.Slug == slug)
            .Select(EventRow.FromEvent).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("event");

    /// <summary>Ensures that the event whose orders or attendees are requested exists.</summary>
    /// <exception cref="ApiError">The caller has no event with this id.</exception>
    public static async Task<Guid> RequireAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await operation.Database.Events.AnyAsync(e => e.Id == id, cancellationToken)
            ? id
            : throw ApiError.NotFound("event");

    /// <summary>
    /// Reads an event to change it, and locks it until the transaction ends, so that checks made here are still valid
    /// at the commit. Sales do not wait for this lock.
    /// </summary>
    /// <exception cref="ApiError">The caller has no event with this id.</exception>
    public static async Task<Event> LockAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await RowLocks.Event(operation.Database, id).AsTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("event");

    /// <summary>
    /// Locks an event as <see cref="LockAsync"/> does, then reads it with its totals, in one round trip.
    /// </summary>
    /// <exception cref="ApiError">The caller has no event with this id.</exception>
    public static async Task<EventRow> LockWithTotalsAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        var (database, tenant) = (operation.Database, operation.Tenant);
        await using var batch = new StatementBatch(database);
        batch.Add(RowLocks.EventStatement, tenant.OrganizationId, tenant.Livemode, id);
        Query.ById.AddTo(batch, id);
        await using var results = await batch.ReadAsync(cancellationToken);
        await results.NextResultAsync(cancellationToken);
        if (await Query.ById.ReadAsync(results, EventRow.Read, cancellationToken) is not [var row])
            throw ApiError.NotFound("event");
        database.Attach(row.Event);
        return row;
    }

    /// <summary>Ends the sales of an event permanently, then locks it as <see cref="LockAsync"/> does.</summary>
    /// <exception cref="ApiError">The caller has no event with this id.</exception>
    public static async Task<Event> LockToEndSalesAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        await Stock.EndSalesAsync(
            operation.Database, id, operation.Stamps.Now(), cancellationToken);
        return await LockAsync(operation, id, cancellationToken);
    }

    public static Task<EventTotals?> TotalsAsync(
        OperationContext operation, Guid eventId, CancellationToken cancellationToken) =>
        operation.Database.Events.Where(e => e.Id == eventId)
            .Select(EventRow.FromEvent).Select(row => row.Totals)
            .SingleOrDefaultAsync(cancellationToken);
}
