using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.Attendees;

/// <summary>Reads attendees of many parents in one batch.</summary>
internal static class AttendeeLoaders
{
    public static RowSource<Attendee, Attendee> Rows { get; } = RowSource.Of<Attendee>();

    public static ChildList<Attendee, Attendee> OfEvents { get; } =
        new(Rows, attendee => attendee.EventId);

    public static ChildList<Attendee, Attendee> OfOrders { get; } =
        new(Rows, attendee => attendee.OrderId);

    public static ChildList<Attendee, Attendee> OfTicketTypes { get; } =
        new(Rows, attendee => attendee.TicketTypeId);
}
