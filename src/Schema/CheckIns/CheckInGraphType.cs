using Equaticket.Engine.Fields;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInGraphType : ObjectGraphType<CheckInRow>
{
    public CheckInGraphType()
    {
        Name = "CheckIn";
        Description = "The recorded result of a scan at the door or of an undone check-in.";
        this.Leaf("id", "The ID of the scan.", row => row.Scan.Id);
        this.Leaf("outcome", "The outcome. Only `ACCEPTED` admits the holder.", row => row.Scan.Outcome);
        this.OptionalLeaf("checkedInAt",
            "When the ticket was checked in: the time of this scan if it is accepted, of the earlier scan if the "
                + "ticket was already used; null if it was not checked in.",
            row => row.Scan.CheckedInAt);
        this.Leaf("scannedAt", "When the ticket was scanned.", row => row.Scan.CreatedAt);
        this.OptionalLeaf("gate", "The gate where the ticket was scanned; null if not given.", row => row.Scan.Gate);
        this.OptionalLeaf("device", "The device that scanned the ticket; null if not given.", row => row.Scan.Device);
        Field<AttendeeGraphType>("attendee")
            .Description("The ticket and its holder, in their current state; null if the event has no such "
                + "ticket.")
            .ResolveFrom(row => row.Ticket)
            .FieldType.RequireRole(Role.CheckInOnly);
        Field<EventGraphType>("otherEvent")
            .Description("The event that the ticket is for, if the outcome is `NOT_FOUND` because it is not the event "
                + "being checked in, but another one of yours; null otherwise.")
            .Resolve(c => c.Source.OtherEventId is { } id ? EventReader.Rows.ById(c).Load(id) : null)
            .FieldType.RequireRole(Role.CheckInOnly);
    }
}

/// <summary>The result of a scan.</summary>
/// <param name="Scan">The scan.</param>
/// <param name="Ticket">The current state of the ticket; null if none was found.</param>
/// <param name="OtherEventId">The event that the ticket is for, if not that of the scan; otherwise null.</param>
public sealed record CheckInRow(Scan Scan, Attendee? Ticket, Guid? OtherEventId);
