using Equaticket.Engine.Errors;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Reads ticket types of the caller's organization and mode.</summary>
internal static class TicketTypeReader
{
    /// <param name="operation">The operation.</param>
    /// <param name="id">The ticket type.</param>
    /// <param name="eventId">If given, the event that the ticket type must belong to.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="ApiError">The caller has no such ticket type.</exception>
    public static async Task<TicketTypeRow> GetAsync(
        OperationContext operation, string id, string? eventId, CancellationToken cancellationToken)
    {
        var ticketTypes = Find(operation.Database.TicketTypes, id, eventId);
        var rows = await WithStatusAsync(operation, ticketTypes, cancellationToken);
        return rows.SingleOrDefault() ?? throw ApiError.NotFound("ticket type");
    }

    /// <exception cref="ApiError">An id is malformed, so the ticket type cannot exist.</exception>
    public static IQueryable<TicketType> Find(
        IQueryable<TicketType> ticketTypes, string id, string? eventId)
    {
        if (!Guid.TryParseExact(id, "D", out var guid))
            throw ApiError.NotFound("ticket type");
        if (eventId is null)
            return ticketTypes.Where(t => t.Id == guid);
        return Guid.TryParseExact(eventId, "D", out var eventGuid)
            ? ticketTypes.Where(t => t.Id == guid && t.EventId == eventGuid)
            : throw ApiError.NotFound("event");
    }

    /// <summary>Joins what the status depends on: the event's state and times.</summary>
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
