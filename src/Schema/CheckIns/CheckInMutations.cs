using System.ComponentModel;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
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
    [RequiresRole(Role.CheckInOnly), OutputType<NonNullGraphType<CheckInGraphType>>]
    [Description("Check in a ticket. Scan it by code, ID, or QR text; it is accepted once. A refused "
        + "scan is not an error: read `outcome`. Send a `nonce` so that a retry returns the first "
        + "response.")]
    public static Task<CheckInRow> CheckInTicket(
        [InputType<NonNullGraphType<CheckInInputGraphType>>, Description("The ticket, and where it is scanned.")]
        CheckInInput input,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] TicketScans scans,
        CancellationToken cancellationToken) =>
        scans.ScanAsync(operation, write, input, cancellationToken);

    [RequiresRole(Role.CheckInOnly), OutputType<NonNullGraphType<CheckInGraphType>>]
    [Description("Undo a check-in, so that the ticket can be scanned again. A ticket that is not checked "
        + "in is a `conflict`. Both the first scan and the undo remain recorded.")]
    public static Task<CheckInRow> UndoCheckIn(
        [Id, Description("The ID of the ticket.")] Guid ticketId,
        [InputLength(0, 100), Description("The gate where the check-in is undone.")] string? gate,
        [InputLength(0, 100), Description("The device that undoes the check-in.")] string? device,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        CancellationToken cancellationToken) =>
        TicketScans.UndoAsync(operation, write, ticketId, (gate, device), cancellationToken);

    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true)]
    [OutputType<NonNullGraphType<AttendeeGraphType>>]
    [Description("Simulate a check-in. Checks in a test ticket under the same rules as a scan at the door, so "
        + "that you can test an integration end to end. A ticket that the door would refuse is a "
        + "`conflict`.")]
    public static async Task<Attendee> SimulateCheckIn(
        [Id, Description("The ID of the attendee.")] Guid id,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] TicketScans scans,
        CancellationToken cancellationToken)
    {
        var result = await scans.ScanAsync(
            operation, write, new CheckInInput { TicketId = id }, cancellationToken);
        return result.Scan.Outcome switch
        {
            ScanOutcome.Accepted => result.Ticket!,
            ScanOutcome.NotFound => throw ApiError.NotFound("attendee"),
            ScanOutcome.AlreadyUsed => throw ApiError.Conflict(
                $"This ticket was checked in at {Rfc3339.Write(result.Scan.CheckedInAt!.Value)}."),
            ScanOutcome.EventNotPublished => throw ApiError.Conflict(
                "This ticket's event is not published."),
            ScanOutcome.Void => throw ApiError.Conflict("This ticket is void."),
            _ => throw ApiError.Conflict("This ticket has been refunded."),
        };
    }
}
