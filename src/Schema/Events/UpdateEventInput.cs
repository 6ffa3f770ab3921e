using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>Changes to an event: an absent field keeps its value, null clears it.</summary>
public sealed class UpdateEventInput(PatchValues values)
{
    public Optional<string> Title { get; } =
        values.Required<string>("title");

    public Optional<string> Slug { get; } =
        values.Required<string>("slug");

    public Optional<string> Description { get; } =
        values.Optional<string>("description");

    public Optional<string> Timezone { get; } =
        values.Required<string>("timezone");

    public Optional<DateTimeOffset> StartsAt { get; } =
        values.Required<DateTimeOffset>("startsAt");

    public Optional<DateTimeOffset?> EndsAt { get; } =
        values.Optional<DateTimeOffset?>("endsAt");

    public Optional<string> Currency { get; } =
        values.Required<string>("currency");

    public Optional<string> VenueName { get; } =
        values.Optional<string>("venueName");

    public Optional<string> VenueAddress { get; } =
        values.Optional<string>("venueAddress");

    public Optional<IReadOnlyDictionary<string, string?>> Metadata { get; } =
        values.Optional<IReadOnlyDictionary<string, string?>>("metadata");
}

public sealed class UpdateEventInputGraphType : InputObjectGraphType<UpdateEventInput>
{
    public UpdateEventInputGraphType()
    {
        Name = "UpdateEventInput";
        Description = "The changes to an event. A field that is left out keeps its value; null clears it.";
        this.AddEventFields<StringGraphType, UtcDateTimeGraphType>(
            slug: "The event's URL slug.",
            metadata: "Key-value pairs to merge into the metadata. A null value removes its key; null removes all.");
    }

    public override object ParseDictionary(IDictionary<string, object?> value) =>
        new UpdateEventInput(new PatchValues(value));
}
