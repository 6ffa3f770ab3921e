using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Reads the ticket types of many parents in one statement.</summary>
internal static class TicketTypeLoaders
{
    public static RowSource<TicketType, TicketTypeRow> Rows { get; } =
        new("TicketType", row => row.TicketType, TicketTypeReader.WithStatusAsync);

    public static ChildList<TicketType, TicketTypeRow> OfEvents { get; } =
        new(Rows, ticketType => ticketType.EventId);
}
