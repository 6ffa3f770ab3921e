using System.ComponentModel;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Subscription
{
    [RequiresScope(Scope.AttendeesRead), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<AttendeeGraphType>>]
    [Streams(WebhookEventType.TicketCheckedIn)]
    [Description("Subscribe to the check-ins of an event. Sends each ticket when it is checked in. An unknown "
        + "event is `not_found`.")]
    public static Task<Attendee> TicketCheckedIn(
        [Id, Description("The id of the event.")] string eventId,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken) =>
        AttendeeReader.GetAsync(operation, operation.StreamedEvent!.Id("ticket_id"), cancellationToken);
}
