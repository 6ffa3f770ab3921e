using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Reads ticket types of many parents at once.</summary>
internal static class TicketTypeLoaders
{
    public static RowSource<TicketType, TicketTypeRow> Rows { get; } =
        new("TicketType", row => row.TicketType, TicketTypeReader.WithStatusAsync);

    public static ChildList<TicketType, TicketTypeRow> OfEvents { get; } =
        new(Rows, ticketType => ticketType.EventId);
}
