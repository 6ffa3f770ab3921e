using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

/// <summary>The input fields shared by creating and updating an event, with their limits.</summary>
internal static class EventInputFields
{
    /// <typeparam name="TText">The type of required texts.</typeparam>
    /// <typeparam name="TTime">The type of required times.</typeparam>
    /// <param name="type">The input type to add the fields to.</param>
    /// <param name="slug">The description of the slug in this input.</param>
    /// <param name="metadata">The description of the metadata in this input.</param>
    public static void AddEventFields<TText, TTime>(
        this IInputObjectGraphType type, string slug, string metadata)
        where TText : IGraphType
        where TTime : IGraphType
    {
        type.Add<TText>("title", "The event's title.").HasLength(1, 200);
        type.Add<TText>("timezone", "The venue's IANA time zone, such as `America/Chicago`.")
            .HasFormat(TextFormats.Timezone);
        type.Add<TTime>("startsAt", "When the event starts.");
        type.Add<TText>("currency", "The lowercase ISO 4217 currency code. Fixed once the event has a ticket type.")
            .HasFormat(TextFormats.Currency);
        type.Add<StringGraphType>("slug", slug)
            .HasLength(1, 100).HasFormat(TextFormats.Slug);
        type.Add<StringGraphType>("description", "The description shown to buyers.").HasLines(0, 20_000);
        type.Add<UtcDateTimeGraphType>("endsAt", "When the event ends. Must be after `startsAt`.");
        type.Add<StringGraphType>("venueName", "The venue's name.").HasLength(0, 200);
        type.Add<StringGraphType>("venueAddress", "The venue's postal address.").HasLines(0, 500);
        type.Add<MetadataGraphType>("metadata", metadata);
    }
}
