using Equaticket.Persistence.Events;
using Equaticket.Schema.Reading;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Events;

/// <summary>Reads events of many parents in one batch.</summary>
internal static class EventLoaders
{
    public static RowSource<Event, EventRow> Rows { get; } = new(
        "Event",
        row => row.Event,
        (_, events, token) => events.Select(EventRow.FromEvent).ToListAsync(token))
    {
        Query = new(EventRow.Select, EventRow.Read),
    };
}
