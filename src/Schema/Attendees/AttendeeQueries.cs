using System.ComponentModel;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Access;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Execution;
using GraphQL;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.AttendeesRead), RequiresRole(Role.EventManager)]
    [OutputType<AttendeeType>]
    [Description("One of your attendees. An id that is not yours is `not_found`.")]
    public static Task<Attendee> Attendee(
        [Id, Description("The id of the attendee.")] string id,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken) =>
        AttendeeReader.GetAsync(operation, id, cancellationToken);
}
