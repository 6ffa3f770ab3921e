using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks.Feed;
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
        [Id, Description("The ID of the event.")] Guid eventId,
        [FromOperation] OperationContext operation,
        [FromOperation] StreamedEvent streamed,
        CancellationToken cancellationToken) =>
        AttendeeReader.GetAsync(operation, streamed.Id("ticket_id"), cancellationToken);
}
