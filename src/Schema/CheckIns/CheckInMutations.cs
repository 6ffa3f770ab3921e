using System.ComponentModel;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresRole(Role.CheckInOnly), OutputType<NonNullGraphType<CheckInType>>]
    [Description("Scans a ticket at the door and lets its holder in, once. A ticket that is refused is "
        + "no error: read `outcome`. Send a `nonce`, so that a retry gets the first answer.")]
    public static Task<CheckInRow> CheckInTicket(
        [InputType<NonNullGraphType<CheckInInputType>>, Description("What is scanned, and where.")]
        CheckInInput input,
        [FromUserContext] OperationContext operation,
        [FromServices] TicketScans scans,
        CancellationToken cancellationToken) =>
        scans.ScanAsync(operation, input, cancellationToken);

    [RequiresRole(Role.CheckInOnly), OutputType<NonNullGraphType<CheckInType>>]
    [Description("Takes a check-in back, so that the ticket can be scanned again. A ticket that is not "
        + "checked in is a `conflict`. The first scan stays on record, and so does this.")]
    public static Task<CheckInRow> UndoCheckIn(
        [Id, Description("The id of the ticket.")] string ticketId,
        [InputLength(0, 100), Description("Where it is undone.")] string? gate,
        [InputLength(0, 100), Description("What it is undone with.")] string? device,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken) =>
        TicketScans.UndoAsync(operation, ticketId, (gate, device), cancellationToken);

    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true)]
    [OutputType<NonNullGraphType<AttendeeType>>]
    [Description("Checks a test ticket in as a scan at the door does, so that an integration can be "
        + "tried from end to end. A ticket that would be refused there is a `conflict`.")]
    public static async Task<Attendee> SimulateCheckIn(
        [Id, Description("The id of the attendee.")] string id,
        [FromUserContext] OperationContext operation,
        [FromServices] TicketScans scans,
        CancellationToken cancellationToken)
    {
        var result = await scans.ScanAsync(
            operation, new CheckInInput { TicketId = id }, cancellationToken);
        return result.Scan.Outcome switch
        {
            ScanOutcome.Accepted => result.Ticket!,
            ScanOutcome.NotFound => throw ApiError.NotFound("attendee"),
            ScanOutcome.AlreadyUsed => throw ApiError.Conflict(
                $"This ticket was checked in at {Rfc3339.Write(result.Scan.CheckedInAt!.Value)}."),
            ScanOutcome.EventNotPublished => throw ApiError.Conflict(
                "This ticket's event is not published."),
            ScanOutcome.Void => throw ApiError.Conflict("This ticket is void."),
            _ => throw ApiError.Conflict("This ticket is refunded."),
        };
    }
}
