using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>A new event as the caller gives it, already trimmed and checked field by field.</summary>
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
        Description = "A new event.";
        this.AddEventFields<NonNullGraphType<StringGraphType>, NonNullGraphType<DateTimeGraphType>>(
            slug: "The event's name in addresses. Made from the title when left out.",
            metadata: "Your own pairs.");
    }
}
