using System.Linq.Expressions;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Equaticket.Schema.TicketTypes;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.PublicListing;

/// <summary>
/// Reads events of any organization as the public sees them. There is no tenant here, so each query specifies the
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
        var organization = await OrganizationAsync(operation, organizationSlug, cancellationToken);
        var events = filter.Apply(Of(operation, organization.Id, livemode: true)).Where(IsPublished);
        var rows = await events.Page(page).Select(EventRow.FromEvent).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new PublicEventRow(organization, row))
            .ToConnection(page, async token => await events.CountAsync(token));
    }

    /// <exception cref="ApiError">The organization has no published live event with this slug.</exception>
    public static async Task<PublicEventRow> GetAsync(
        OperationContext operation,
        string organizationSlug,
        string slug,
        CancellationToken cancellationToken)
    {
        var organization = await OrganizationAsync(operation, organizationSlug, cancellationToken);
        var events = Of(operation, organization.Id, livemode: true).Where(IsPublished);
        return await FindAsync(organization, events.Where(e => e.Slug == slug), cancellationToken);
    }

    /// <summary>The event of a public page, which remains available after the event is cancelled.</summary>
    /// <exception cref="ApiError">The organization has no such event in this mode, or it is a draft.</exception>
    public static async Task<PublicEventRow> ShownAsync(
        OperationContext operation,
        string organizationSlug,
        string slug,
        bool livemode,
        CancellationToken cancellationToken)
    {
        var organization = await OrganizationAsync(operation, organizationSlug, cancellationToken);
        var events = Of(operation, organization.Id, livemode).Where(e => e.Status != EventStatus.Draft);
        return await FindAsync(organization, events.Where(e => e.Slug == slug), cancellationToken);
    }

    /// <summary>The event of an order, regardless of its status.</summary>
    public static async Task<PublicEventRow> OfOrderAsync(
        OperationContext operation, Order order, CancellationToken cancellationToken)
    {
        var organization = await operation.Database.Organizations
            .SingleAsync(o => o.Id == order.OrganizationId, cancellationToken);
        var events = Of(operation, organization.Id, order.Livemode).Where(e => e.Id == order.EventId);
        return await FindAsync(organization, events, cancellationToken);
    }

    /// <summary>The ticket types of an event, loaded in one statement for all events of a page.</summary>
    public static IDataLoaderResult TicketTypesOf(IResolveFieldContext context, Event parent)
    {
        var operation = OperationContext.Of(context);
        var (organizationId, livemode) = (parent.OrganizationId, parent.Livemode);
        return BatchLoaders.Of(context).Get<Guid, List<TicketTypeRow>>(
            $"Public ticket types of {organizationId}, live: {livemode}",
            async (eventIds, token) =>
            {
                var rows = await TicketTypeReader.WithStatusAsync(
                    operation,
                    operation.Database.TicketTypes.IgnoreQueryFilters().Where(t =>
                        t.OrganizationId == organizationId && t.Livemode == livemode
                        && eventIds.Contains(t.EventId)),
                    token);
                // An event may have no ticket types: its last one can be deleted while the event is on sale.
                var ofEvent = rows.OrderBy(row => row.TicketType.Position)
                    .ThenBy(row => row.CreatedAt).ThenBy(row => row.Id)
                    .ToLookup(row => row.TicketType.EventId);
                return eventIds.ToDictionary(id => id, id => ofEvent[id].ToList());
            }).Load(parent.Id);
    }

    private static async Task<PublicEventRow> FindAsync(
        Organization organization, IQueryable<Event> events, CancellationToken cancellationToken)
    {
        var row = await events.Select(EventRow.FromEvent).SingleOrDefaultAsync(cancellationToken);
        return row is null ? throw ApiError.NotFound("event") : new PublicEventRow(organization, row);
    }

    private static IQueryable<Event> Of(OperationContext operation, Guid organizationId, bool livemode) =>
        operation.Database.Events.IgnoreQueryFilters().Where(e =>
            e.OrganizationId == organizationId && e.Livemode == livemode);

    private static async Task<Organization> OrganizationAsync(
        OperationContext operation, string slug, CancellationToken cancellationToken) =>
        await operation.Database.Organizations.SingleOrDefaultAsync(o => o.Slug == slug, cancellationToken)
            ?? throw ApiError.NotFound("organization");
}
