using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.EventsRead), RequiresRole(Role.CheckInOnly), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<EventGraphType, EventRow>>>]
    [Description("List events. Returns them newest first.")]
    public static Task<Connection<EventRow>> Events(
        [InputType<EventFilterGraphType>, Description("Only return events that match this filter.")]
        EventFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        EventReader.Rows.PageAsync(
            operation, (filter ?? new EventFilter()).Apply(operation.Database.Events), page, cancellationToken);

    [RequiresRole(Role.EventManager), Costs(100), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<EventGraphType, EventRow>>>]
    [Description("List upcoming published events with nothing on sale: they have no ticket types, or the sales of all "
        + "of them have ended. Returns them newest first.")]
    public static Task<Connection<EventRow>> EventsWithoutSales(
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var now = operation.Stamps.Now();
        var upcoming = new EventFilter { Status = EventStatus.Published, StartsAfter = now };
        return EventReader.Rows.PageAsync(
            operation,
            upcoming.Apply(operation.Database.Events)
                .Where(row => row.TicketTypes.All(type => type.SalesEndAt <= now)),
            page,
            cancellationToken);
    }

    [RequiresScope(Scope.EventsRead), RequiresRole(Role.CheckInOnly), OutputType<EventGraphType>]
    [Description("Get an event. An unknown ID is `not_found`.")]
    public static Task<EventRow> Event(
        [Id, Description("The ID of the event.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        EventReader.GetAsync(operation, id, cancellationToken);

    [RequiresScope(Scope.EventsRead), RequiresRole(Role.CheckInOnly), OutputType<EventGraphType>]
    [Description("Get an event by its ID or slug. An unknown one is `not_found`.")]
    public static Task<EventRow> EventBy(
        [InputType<NonNullGraphType<EventLookupGraphType>>, Description("The event's ID or slug.")] EventLookup lookup,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        lookup switch
        {
            { Id: { } id } => EventReader.GetAsync(operation, id, cancellationToken),
            _ => EventReader.GetBySlugAsync(operation, lookup.Slug!, cancellationToken),
        };
}
