using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Paging;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Reads the ticket types of many events at once.</summary>
internal static class TicketTypeLoaders
{
    /// <summary>One page of each event's ticket types, all events in one statement.</summary>
    public static IDataLoaderResult OfEvent(IResolveFieldContext context, Guid eventId)
    {
        var operation = OperationContext.Of(context);
        var page = PageRequest.From(context);
        return operation.Loader<Guid, Connection<TicketTypeRow>>(
            $"TicketTypes of events, {page}",
            (eventIds, cancellationToken) =>
                PagesAsync(operation, page, eventIds, cancellationToken)).Load(eventId);
    }

    private static async Task<IReadOnlyDictionary<Guid, Connection<TicketTypeRow>>> PagesAsync(
        OperationContext operation,
        PageRequest page,
        IReadOnlyCollection<Guid> eventIds,
        CancellationToken cancellationToken)
    {
        var rows = await TicketTypeReader.WithStatusAsync(
            operation, PageOfEach(operation, page, eventIds), cancellationToken);
        var ofEvent = rows.ToLookup(row => row.TicketType.EventId);
        return eventIds.ToDictionary(id => id, id => Order(ofEvent[id], page)
            .ToConnection(page, _ => Task.FromResult<object?>(CountOf(operation, id))));
    }

    /// <summary>A lateral join takes the page of each event from the index, however many there are.</summary>
    private static IQueryable<TicketType> PageOfEach(
        OperationContext operation, PageRequest page, IReadOnlyCollection<Guid> eventIds)
    {
        var (order, comparison) = page.IsBackward ? ("ASC", ">") : ("DESC", "<");
        var start = page.Cursor is null ? "" : $"AND (created_at, id) {comparison} ({{4}}, {{5}})";
        var sql = $$"""
            SELECT ticket_type.* FROM unnest({0}) AS event (id) CROSS JOIN LATERAL (
                SELECT * FROM ticket_types
                WHERE organization_id = {1} AND livemode = {2} AND event_id = event.id {{start}}
                ORDER BY created_at {{order}}, id {{order}} LIMIT {3}) AS ticket_type
            """;
        var tenant = operation.Tenant;
        object[] parameters =
            [eventIds.ToArray(), tenant.OrganizationId, tenant.Livemode, page.Limit + 1];
        return operation.Database.TicketTypes.FromSqlRaw(
            sql,
            page.Cursor is var (createdAt, id) ? [.. parameters, createdAt, id] : parameters);
    }

    private static List<TicketTypeRow> Order(IEnumerable<TicketTypeRow> rows, PageRequest page) =>
        page.IsBackward
            ? [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)]
            : [.. rows.OrderByDescending(row => row.CreatedAt)
                .ThenByDescending(row => row.Id)];

    private static IDataLoaderResult CountOf(OperationContext operation, Guid eventId) =>
        operation.Loader<Guid, int>("Number of ticket types of events", async (ids, token) =>
            await operation.Database.TicketTypes
                .Where(ticketType => ids.Contains(ticketType.EventId))
                .GroupBy(ticketType => ticketType.EventId)
                .ToDictionaryAsync(group => group.Key, group => group.Count(), token)).Load(eventId);
}
