using Equaticket.Persistence.Events;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.Events;

/// <summary>Filters events by start time, in lists ordered by creation.</summary>
internal static class EventStarts
{
    /// <summary>
    /// Events that start at or after the first time and before the second. Must be applied to all events of the
    /// tenant, before any other condition.
    /// </summary>
    public static ListedRows<Event> StartingWithin(
        this IQueryable<Event> all, DateTimeOffset? from, DateTimeOffset? to)
    {
        var matches = all;
        if (from is { } first)
            matches = matches.Where(row => row.StartsAt >= first);
        if (to is { } end)
            matches = matches.Where(row => row.StartsAt < end);
        return from is null && to is null ? new(all) : matches.WithinRange(row => row.StartsAt);
    }
}
