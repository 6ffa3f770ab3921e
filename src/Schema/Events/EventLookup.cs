using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>Identifies an event by either its id or its slug.</summary>
public sealed record EventLookup
{
    public Guid? Id { get; init; }

    public string? Slug { get; init; }
}

public sealed class EventLookupGraphType : InputObjectGraphType<EventLookup>
{
    public EventLookupGraphType()
    {
        Name = "EventLookup";
        Description = "The ID or slug that identifies an event. Provide exactly one field.";
        IsOneOf = true;
        this.Add<IdGraphType>("id", "The ID of the event.");
        this.Add<StringGraphType>("slug", "The event's URL slug, unique within the organization and mode.");
    }
}
