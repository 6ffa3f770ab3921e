using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.AttendeesRead), RequiresRole(Role.EventManager), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>]
    [Description("List attendees. Returns them newest first.")]
    public static Task<Connection<Attendee>> Attendees(
        [InputType<AttendeeFilterGraphType>, Description("Only return attendees that match this filter.")]
        AttendeeFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        (filter ?? new AttendeeFilter()).Apply(operation.Database.Attendees)
            .ToPageAsync(operation, page, cancellationToken);

    [RequiresScope(Scope.AttendeesRead), RequiresRole(Role.EventManager), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>]
    [Description("List the attendees of an event. Returns them newest first. An unknown event is "
        + "`not_found`.")]
    public static async Task<Connection<Attendee>> EventAttendees(
        [Id, Description("The ID of the event.")] Guid eventId,
        [InputType<AttendeeFilterGraphType>, Description("Only return attendees that match this filter.")]
        AttendeeFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var id = await EventReader.RequireAsync(operation, eventId, cancellationToken);
        return await (filter ?? new AttendeeFilter()).Apply(operation.Database.Attendees)
            .Where(row => row.EventId == id)
            .ToPageAsync(operation, page, cancellationToken);
    }

    [RequiresScope(Scope.AttendeesRead), RequiresRole(Role.EventManager)]
    [OutputType<AttendeeGraphType>]
    [Description("Get an attendee. An unknown ID is `not_found`.")]
    public static Task<Attendee> Attendee(
        [Id, Description("The ID of the attendee.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        AttendeeReader.GetAsync(operation, id, cancellationToken);
}
