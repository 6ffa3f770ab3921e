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
        Description = "The recorded result of a scan at the door or of an undone check-in.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id of the scan.")
            .Resolve(c => c.Source.Scan.Id);
        Field<NonNullGraphType<WireEnumGraphType<ScanOutcome>>>("outcome")
            .Description("The outcome. Only `ACCEPTED` admits the holder.")
            .Resolve(c => c.Source.Scan.Outcome);
        Field<UtcDateTimeGraphType>("checkedInAt")
            .Description("When the ticket was checked in: the time of this scan if it is accepted, of the "
                + "earlier scan if the ticket was already used; null if it was not checked in.")
            .Resolve(c => c.Source.Scan.CheckedInAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("scannedAt")
            .Description("When the ticket was scanned.")
            .Resolve(c => c.Source.Scan.CreatedAt);
        Field<StringGraphType>("gate")
            .Description("The gate where the ticket was scanned; null if not given.")
            .Resolve(c => c.Source.Scan.Gate);
        Field<StringGraphType>("device")
            .Description("The device that scanned the ticket; null if not given.")
            .Resolve(c => c.Source.Scan.Device);
        Field<AttendeeGraphType>("attendee")
            .Description("The ticket and its holder, in their current state; null if the event has no such "
                + "ticket.")
            .Resolve(c => c.Source.Ticket)
            .FieldType.RequireRole(Role.CheckInOnly);
    }
}
