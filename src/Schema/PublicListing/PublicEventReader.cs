using System.Linq.Expressions;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Equaticket.Schema.TicketTypes;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.PublicListing;

/// <summary>
/// Reads published live events of any organization. These queries have no tenant, so each one specifies the
/// organization and mode.
/// </summary>
internal static class PublicEventReader
{
    private static readonly Expression<Func<Event, bool>> IsPublished =
        row => row.Status == EventStatus.Published;

    /// <exception cref="ApiError">No organization has this slug.</exception>
    public static async Task<Connection<PublicEventRow>> PageAsync(
        OperationContext operation,
        string organizationSlug,
        PageRequest page,
        PublicEventFilter filter,
        CancellationToken cancellationToken)
    {
        var organizationId = await OrganizationAsync(operation, organizationSlug, cancellationToken);
        var events = filter.Apply(Live(operation, organizationId)).Where(IsPublished);
        var rows = await events.Page(page).Select(EventRow.FromEvent).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new PublicEventRow(organizationSlug, row))
            .ToConnection(page, async token => await events.CountAsync(token));
    }

    /// <exception cref="ApiError">The organization has no published live event with this slug.</exception>
    public static async Task<PublicEventRow> GetAsync(
        OperationContext operation,
        string organizationSlug,
        string slug,
        CancellationToken cancellationToken)
    {
        var organizationId = await OrganizationAsync(operation, organizationSlug, cancellationToken);
        var row = await Live(operation, organizationId).Where(IsPublished)
            .Where(e => e.Slug == slug)
            .Select(EventRow.FromEvent).SingleOrDefaultAsync(cancellationToken);
        return row is null
            ? throw ApiError.NotFound("event")
            : new PublicEventRow(organizationSlug, row);
    }

    /// <summary>The ticket types of an event, loaded in one statement for all events of a page.</summary>
    public static IDataLoaderResult TicketTypesOf(IResolveFieldContext context, Event parent)
    {
        var operation = OperationContext.Of(context);
        var organizationId = parent.OrganizationId;
        return BatchLoaders.Of(context).Get<Guid, List<TicketTypeRow>>(
            $"Public ticket types of {organizationId}",
            async (eventIds, token) =>
            {
                var rows = await TicketTypeReader.WithStatusAsync(
                    operation,
                    operation.Database.TicketTypes.IgnoreQueryFilters().Where(t =>
                        t.OrganizationId == organizationId && t.Livemode
                        && eventIds.Contains(t.EventId)),
                    token);
                // An event may have no ticket types: its last one can be deleted while the event is on sale.
                var ofEvent = rows.OrderBy(row => row.TicketType.Position)
                    .ThenBy(row => row.CreatedAt).ThenBy(row => row.Id)
                    .ToLookup(row => row.TicketType.EventId);
                return eventIds.ToDictionary(id => id, id => ofEvent[id].ToList());
            }).Load(parent.Id);
    }

    private static IQueryable<Event> Live(OperationContext operation, Guid organizationId) =>
        operation.Database.Events.IgnoreQueryFilters().Where(e =>
            e.OrganizationId == organizationId && e.Livemode);

    private static async Task<Guid> OrganizationAsync(
        OperationContext operation, string slug, CancellationToken cancellationToken) =>
        await operation.Database.Organizations.Where(o => o.Slug == slug)
            .Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("organization");
}
