using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>Filters a list of events. All given conditions must match.</summary>
public sealed record EventFilter
{
    public EventStatus? Status { get; init; }

    public string? Slug { get; init; }

    public DateTimeOffset? StartsAfter { get; init; }

    public DateTimeOffset? StartsBefore { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    /// <param name="all">All events of the tenant.</param>
    public ListedRows<Event> Apply(IQueryable<Event> all)
    {
        var events = UpdatedSince is { } updatedSince
            ? all.ChangedSince(updatedSince)
            : all.StartingWithin(StartsAfter, StartsBefore);
        if (UpdatedSince is not null && StartsAfter is { } startsAfter)
            events = events.Where(e => e.StartsAt >= startsAfter);
        if (UpdatedSince is not null && StartsBefore is { } startsBefore)
            events = events.Where(e => e.StartsAt < startsBefore);
        if (Status is { } status)
            events = events.Where(e => e.Status == status);
        if (Slug is { } slug)
            events = events.Where(e => e.Slug == slug);
        return events.CreatedWithin(CreatedAfter, CreatedBefore);
    }
}

public sealed class EventFilterGraphType : InputObjectGraphType<EventFilter>
{
    public EventFilterGraphType()
    {
        Name = "EventFilter";
        Description = "The filter of a list of events. Events must match all given conditions.";
        this.Add<WireEnumGraphType<EventStatus>>("status", "Events with this status.");
        this.Add<StringGraphType>("slug", "The event with exactly this slug.");
        this.Add<UtcDateTimeGraphType>("startsAfter", "Events that start at or after this time.");
        this.Add<UtcDateTimeGraphType>("startsBefore", "Events that start before this time.");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Events created at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Events created before this time.");
        this.Add<UtcDateTimeGraphType>(
            "updatedSince",
            "Events updated at or after this time. A change of `soldOut` counts; sales alone do not. "
            + "When polling, overlap by 60 seconds.");
    }
}

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
