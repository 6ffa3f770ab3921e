using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>Which event is meant: by exactly one of the two.</summary>
public sealed record EventLookup
{
    public string? Id { get; init; }

    public string? Slug { get; init; }
}

public sealed class EventLookupGraphType : InputObjectGraphType<EventLookup>
{
    public EventLookupGraphType()
    {
        Name = "EventLookup";
        Description = "Which event is meant. Give exactly one of the fields.";
        IsOneOf = true;
        this.Add<IdGraphType>("id", "The id of the event.");
        this.Add<StringGraphType>("slug", "Its name in addresses, unique in the organization and mode.");
    }
}
