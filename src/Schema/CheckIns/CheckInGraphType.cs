using Equaticket.Engine.Scalars;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInGraphType : ObjectGraphType<CheckInRow>
{
    public CheckInGraphType()
    {
        Name = "CheckIn";
        Description = "What a scan at the door came to. It stays on record.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id of the scan.")
            .Resolve(c => c.Source.Scan.Id);
        Field<NonNullGraphType<WireEnumGraphType<ScanOutcome>>>("outcome")
            .Description("`ACCEPTED` lets the holder in; everything else does not.")
            .Resolve(c => c.Source.Scan.Outcome);
        Field<UtcDateTimeGraphType>("checkedInAt")
            .Description("When the ticket was first let in: this scan's time when it is accepted, the "
                + "earlier one's when it was used before; null for a ticket that was never let in.")
            .Resolve(c => c.Source.Scan.CheckedInAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("scannedAt")
            .Description("When it was scanned.")
            .Resolve(c => c.Source.Scan.CreatedAt);
        Field<StringGraphType>("gate")
            .Description("Where it was scanned, if that was said.")
            .Resolve(c => c.Source.Scan.Gate);
        Field<StringGraphType>("device")
            .Description("What it was scanned with, if that was said.")
            .Resolve(c => c.Source.Scan.Device);
        Field<AttendeeGraphType>("attendee")
            .Description("The ticket and its holder, as they are now; null when there is no such ticket "
                + "at this event.")
            .Resolve(c => c.Source.Ticket)
            .FieldType.RequireRole(Role.CheckInOnly);
    }
}
