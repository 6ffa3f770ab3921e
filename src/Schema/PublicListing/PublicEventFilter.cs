using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Events;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.PublicListing;

/// <summary>Filters the public listing; all given conditions must match.</summary>
public sealed record PublicEventFilter
{
    public DateTimeOffset? StartsAfter { get; init; }

    public DateTimeOffset? StartsBefore { get; init; }

    /// <param name="events">All live events of the organization.</param>
    public ListedRows<Event> Apply(IQueryable<Event> events) =>
        events.StartingWithin(StartsAfter, StartsBefore);
}

public sealed class PublicEventFilterGraphType : InputObjectGraphType<PublicEventFilter>
{
    public PublicEventFilterGraphType()
    {
        Name = "PublicEventFilter";
        Description = "The filter of the public listing. Events must match all given conditions.";
        this.Add<UtcDateTimeGraphType>("startsAfter", "Events that start at or after this time.");
        this.Add<UtcDateTimeGraphType>("startsBefore", "Events that start before this time.");
    }
}
