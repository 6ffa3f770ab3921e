using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Reads ticket types of the caller's organization and mode.</summary>
internal static class TicketTypeReader
{
    public static RowSource<TicketType, TicketTypeRow> Rows { get; } =
        new(nameof(TicketType), row => row.TicketType, WithStatusAsync)
        {
            Query = new(TicketTypeRow.Select, operation => TicketTypeRow.ReaderAt(operation.Stamps.Now())),
        };

    public static ChildList<TicketType, TicketTypeRow> OfEvents { get; } =
        new(Rows, ticketType => ticketType.EventId);

    /// <param name="operation">The operation.</param>
    /// <param name="id">The ticket type.</param>
    /// <param name="eventId">If given, the event that the ticket type must belong to.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The caller has no such ticket type.</exception>
    public static async Task<TicketTypeRow> GetAsync(
        OperationContext operation, Guid id, Guid? eventId, CancellationToken cancellationToken)
    {
        var ticketTypes = Find(operation.Database.TicketTypes, id, eventId);
        var rows = await WithStatusAsync(operation, ticketTypes, cancellationToken);
        return rows.SingleOrDefault() ?? throw ApiError.NotFound("ticket type");
    }

    /// <exception cref="ApiError">The ticket type's id is well-formed, but the event's is not.</exception>
    public static IQueryable<TicketType> Find(
        IQueryable<TicketType> ticketTypes, Guid id, Guid? eventId) =>
        id != Ids.Malformed && eventId == Ids.Malformed
            ? throw ApiError.NotFound("event")
            : ticketTypes.Where(t => t.Id == id && (eventId == null || t.EventId == eventId));

    /// <summary>Reads ticket types with their status, which depends on the event's state and times.</summary>
    public static async Task<List<TicketTypeRow>> WithStatusAsync(
        OperationContext operation,
        IQueryable<TicketType> ticketTypes,
        CancellationToken cancellationToken)
    {
        var pairs = await ticketTypes
            .Select(ticketType => new { TicketType = ticketType, ticketType.Event })
            .ToListAsync(cancellationToken);
        var now = operation.Stamps.Now();
        if (operation.Term is { } term)
            pairs.ForEach(pair => TicketTypeRow.Limit(term, pair.TicketType, pair.Event!, now));
        return [.. pairs.Select(pair => TicketTypeRow.At(pair.TicketType, pair.Event!, now))];
    }
}
