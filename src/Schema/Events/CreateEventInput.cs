using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>The caller's input for a new event, with each field already trimmed and validated.</summary>
public sealed record CreateEventInput
{
    public required string Title { get; init; }

    public string? Slug { get; init; }

    public string? Description { get; init; }

    public required string Timezone { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public required string Currency { get; init; }

    public string? VenueName { get; init; }

    public string? VenueAddress { get; init; }

    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }
}

public sealed class CreateEventInputGraphType : InputObjectGraphType<CreateEventInput>
{
    public CreateEventInputGraphType()
    {
        Name = "CreateEventInput";
        Description = "The input for creating an event.";
        this.AddEventFields<NonNullGraphType<StringGraphType>, NonNullGraphType<UtcDateTimeGraphType>>(
            slug: "The event's URL slug. Generated from the title by default.",
            metadata: "Custom key-value pairs.");
    }
}
