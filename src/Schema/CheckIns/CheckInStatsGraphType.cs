using Equaticket.Engine.Fields;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInStatsGraphType : ObjectGraphType<CheckInStats>
{
    public CheckInStatsGraphType()
    {
        Name = "CheckInStats";
        Description = "The check-in statistics of an event.";
        this.Leaf("eventId", "The ID of the event.", stats => stats.EventId);
        this.Leaf("total", "The number of valid tickets, checked in or not.",
            stats => stats.Total, typeof(IntGraphType));
        this.Leaf("checkedIn", "The number of valid tickets that are checked in.",
            stats => stats.CheckedIn, typeof(IntGraphType));
        this.OptionalLeaf("lastScanAt", "When a ticket was last scanned, accepted or not; null before the first scan.",
            stats => stats.LastScanAt);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TicketTypeCheckInsGraphType>>>>("ticketTypes")
            .Description("The statistics of each ticket type, in the event's order.")
            .ResolveFrom(stats => stats.TicketTypes);
    }
}

public sealed class TicketTypeCheckInsGraphType : ObjectGraphType<TicketTypeCheckIns>
{
    public TicketTypeCheckInsGraphType()
    {
        Name = "TicketTypeCheckIns";
        Description = "The check-in statistics of a ticket type.";
        this.Leaf("ticketTypeId", "The ID of the ticket type.", counts => counts.TicketTypeId);
        this.Leaf("name", "The name of the ticket type, such as `General Admission`.", counts => counts.Name);
        this.Leaf("total", "The number of valid tickets, checked in or not.",
            counts => counts.Total, typeof(IntGraphType));
        this.Leaf("checkedIn", "The number of valid tickets that are checked in.",
            counts => counts.CheckedIn, typeof(IntGraphType));
    }
}
