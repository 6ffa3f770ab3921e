using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Events;
using GraphQL.Types;

namespace Equaticket.Schema.PublicListing;

/// <summary>Which events the public listing holds; the given conditions must all hold.</summary>
public sealed record PublicEventFilter
{
    public DateTimeOffset? StartsAfter { get; init; }

    public DateTimeOffset? StartsBefore { get; init; }

    public IQueryable<Event> Apply(IQueryable<Event> events)
    {
        if (StartsAfter is { } startsAfter)
            events = events.Where(e => e.StartsAt >= startsAfter);
        if (StartsBefore is { } startsBefore)
            events = events.Where(e => e.StartsAt < startsBefore);
        return events;
    }
}

public sealed class PublicEventFilterType : InputObjectGraphType<PublicEventFilter>
{
    public PublicEventFilterType()
    {
        Name = "PublicEventFilter";
        Description = "Which events the listing holds. The given conditions must all hold.";
        this.Add<DateTimeType>("startsAfter", "Events that start then or later.");
        this.Add<DateTimeType>("startsBefore", "Events that start earlier.");
    }
}
