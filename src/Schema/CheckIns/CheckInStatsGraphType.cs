using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInStatsGraphType : ObjectGraphType<CheckInStats>
{
    public CheckInStatsGraphType()
    {
        Name = "CheckInStats";
        Description = "The check-in statistics of an event.";
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The id of the event.")
            .Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<IntGraphType>>("total")
            .Description("The number of valid tickets, checked in or not.")
            .Resolve(c => c.Source.Total);
        Field<NonNullGraphType<IntGraphType>>("checkedIn")
            .Description("The number of valid tickets that are checked in.")
            .Resolve(c => c.Source.CheckedIn);
        Field<UtcDateTimeGraphType>("lastScanAt")
            .Description("When a ticket was last scanned, accepted or not; null before the first scan.")
            .Resolve(c => c.Source.LastScanAt);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TicketTypeCheckInsGraphType>>>>("ticketTypes")
            .Description("The statistics of each ticket type, in the event's order.")
            .Resolve(c => c.Source.TicketTypes);
    }
}

public sealed class TicketTypeCheckInsGraphType : ObjectGraphType<TicketTypeCheckIns>
{
    public TicketTypeCheckInsGraphType()
    {
        Name = "TicketTypeCheckIns";
        Description = "The check-in statistics of a ticket type.";
        Field<NonNullGraphType<IdGraphType>>("ticketTypeId")
            .Description("The id of the ticket type.")
            .Resolve(c => c.Source.TicketTypeId);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The name of the ticket type, such as `General Admission`.")
            .Resolve(c => c.Source.Name);
        Field<NonNullGraphType<IntGraphType>>("total")
            .Description("The number of valid tickets, checked in or not.")
            .Resolve(c => c.Source.Total);
        Field<NonNullGraphType<IntGraphType>>("checkedIn")
            .Description("The number of valid tickets that are checked in.")
            .Resolve(c => c.Source.CheckedIn);
    }
}
