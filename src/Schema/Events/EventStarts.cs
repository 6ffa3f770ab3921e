using Equaticket.Persistence.Events;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.Events;

/// <summary>Finds events by when they start, in lists that are ordered by creation.</summary>
internal static class EventStarts
{
    /// <summary>
    /// Events that start at the first time or later, and before the second. Applied to all events of
    /// the tenant, before any other condition.
    /// </summary>
    public static IQueryable<Event> StartingWithin(
        this IQueryable<Event> all, DateTimeOffset? from, DateTimeOffset? to) =>
        from is null && to is null
            ? all
            : all.StartingAt(from, to).WithinRange(row => row.StartsAt);

    /// <summary>The same as one condition among others.</summary>
    public static IQueryable<Event> StartingAt(
        this IQueryable<Event> events, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first)
            events = events.Where(row => row.StartsAt >= first);
        if (to is { } end)
            events = events.Where(row => row.StartsAt < end);
        return events;
    }
}
