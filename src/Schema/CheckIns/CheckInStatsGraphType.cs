using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInStatsGraphType : ObjectGraphType<CheckInStats>
{
    public CheckInStatsGraphType()
    {
        Name = "CheckInStats";
        Description = "How far the check-in of an event is.";
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The event.")
            .Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<IntGraphType>>("total")
            .Description("Valid tickets, scanned or not.")
            .Resolve(c => c.Source.Total);
        Field<NonNullGraphType<IntGraphType>>("checkedIn")
            .Description("Those of them that were let in.")
            .Resolve(c => c.Source.CheckedIn);
        Field<UtcDateTimeGraphType>("lastScanAt")
            .Description("When a ticket was last scanned, let in or not; null before the first scan.")
            .Resolve(c => c.Source.LastScanAt);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TicketTypeCheckInsGraphType>>>>("ticketTypes")
            .Description("The same for each ticket type, in the order of the event.")
            .Resolve(c => c.Source.TicketTypes);
    }
}

public sealed class TicketTypeCheckInsGraphType : ObjectGraphType<TicketTypeCheckIns>
{
    public TicketTypeCheckInsGraphType()
    {
        Name = "TicketTypeCheckIns";
        Description = "How far the check-in of a ticket type is.";
        Field<NonNullGraphType<IdGraphType>>("ticketTypeId")
            .Description("The ticket type.")
            .Resolve(c => c.Source.TicketTypeId);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("Its name, such as `General Admission`.")
            .Resolve(c => c.Source.Name);
        Field<NonNullGraphType<IntGraphType>>("total")
            .Description("Valid tickets, scanned or not.")
            .Resolve(c => c.Source.Total);
        Field<NonNullGraphType<IntGraphType>>("checkedIn")
            .Description("Those of them that were let in.")
            .Resolve(c => c.Source.CheckedIn);
    }
}
