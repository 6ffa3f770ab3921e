using Equaticket.Engine.Errors;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Creates and changes ticket types.</summary>
internal static class TicketTypeEdit
{
    // With at most 1,000,000 tickets each, the totals of an event fit in 32-bit integers.
    private const int MaxPerEvent = 1_000;

    /// <summary>Creates a ticket type that has no event yet, and therefore no currency or position.</summary>
    /// <exception cref="ApiError">A value of the metadata is null.</exception>
    public static TicketType Create(CreateTicketTypeInput input, RowStamp stamp) => new()
    {
        Id = stamp.Id,
        Name = input.Name,
        Description = input.Description,
        Price = input.Price,
        QuantityTotal = input.QuantityTotal,
        MinPerOrder = input.MinPerOrder ?? CreateTicketTypeInput.DefaultMinPerOrder,
        MaxPerOrder = input.MaxPerOrder ?? CreateTicketTypeInput.DefaultMaxPerOrder,
        SalesStartAt = input.SalesStartAt,
        SalesEndAt = input.SalesEndAt,
        Metadata = MetadataMerge.Create(input.Metadata),
        CreatedAt = stamp.CreatedAt,
        UpdatedAt = stamp.CreatedAt,
    };

    /// <summary>Adds a ticket type to its event, which is locked. Without a position, it comes last.</summary>
    /// <exception cref="ApiError">The event has the maximum number of ticket types.</exception>
    public static async Task AddAsync(
        OperationContext operation,
        Event parent,
        TicketType row,
        int? position,
        CancellationToken cancellationToken)
    {
        var siblings = await operation.Database.TicketTypes
            .Where(ticketType => ticketType.EventId == parent.Id)
            .GroupBy(ticketType => ticketType.EventId)
            .Select(group => new { Count = group.Count(), Last = group.Max(t => t.Position) })
            .SingleOrDefaultAsync(cancellationToken);
        if (siblings?.Count >= MaxPerEvent)
            throw ApiError.Unprocessable($"An event can have at most {MaxPerEvent} ticket types.");
        row.EventId = parent.Id;
        row.Currency = parent.Currency;
        row.Position = position ?? siblings?.Last + 1 ?? 0;
        operation.Database.Add(row);
        await SaveAsync(operation, parent, cancellationToken);
    }

    /// <summary>Saves a change that may affect whether an event is sold out. The event must be locked.</summary>
    public static async Task SaveAsync(
        OperationContext operation, Event parent, CancellationToken cancellationToken)
    {
        await operation.Database.SaveChangesAsync(cancellationToken);
        await SoldOut.NoteAsync(
            operation.Database, parent.Id, operation.Stamps.Now(), cancellationToken);
    }

    public static void Apply(TicketType row, UpdateTicketTypeInput input)
    {
        row.Name = input.Name.Or(row.Name)!;
        row.Description = input.Description.Or(row.Description);
        row.Price = input.Price.Or(row.Price);
        row.QuantityTotal = input.QuantityTotal.Or(row.QuantityTotal);
        row.MinPerOrder = input.MinPerOrder.Or(row.MinPerOrder);
        row.MaxPerOrder = input.MaxPerOrder.Or(row.MaxPerOrder);
        row.SalesStartAt = input.SalesStartAt.Or(row.SalesStartAt);
        row.SalesEndAt = input.SalesEndAt.Or(row.SalesEndAt);
        row.Position = input.Position.Or(row.Position);
        if (input.Metadata.IsSet)
            row.Metadata = MetadataMerge.Merge(row.Metadata, input.Metadata.Value);
    }

    /// <summary>
    /// Locks the ticket type and its event in the same order as sales do, so that checks made here are still valid at
    /// commit.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="id">The ticket type.</param>
    /// <param name="eventId">If given, the event that the ticket type must belong to.</param>
    /// <param name="toRemove">Whether to wait for sales in progress.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The caller has no such ticket type.</exception>
    public static async Task<(TicketType Row, Event Parent)> LockAsync(
        OperationContext operation,
        Guid id,
        Guid? eventId,
        bool toRemove,
        CancellationToken cancellationToken)
    {
        var parentId = await TicketTypeReader.Find(operation.Database.TicketTypes, id, eventId)
            .Select(ticketType => (Guid?)ticketType.EventId)
            .SingleOrDefaultAsync(cancellationToken) ?? throw ApiError.NotFound("ticket type");
        var database = operation.Database;
        await RowLocks.KeepEvent(database, parentId).LoadAsync(cancellationToken);
        var locked = toRemove
            ? RowLocks.TicketTypeToRemove(database, id)
            : RowLocks.TicketTypes(database, [id]);
        var row = await locked.AsTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("ticket type");
        return (row, await EventReader.LockAsync(operation, parentId, cancellationToken));
    }
}
