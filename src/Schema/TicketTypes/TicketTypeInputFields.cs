using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.TicketTypes;

/// <summary>The fields that creating and updating a ticket type share, with their limits.</summary>
internal static class TicketTypeInputFields
{
    /// <typeparam name="TText">The type of the name.</typeparam>
    /// <typeparam name="TMoney">The type of the price.</typeparam>
    /// <param name="type">The input to add the fields to.</param>
    /// <param name="metadata">What the metadata does, in this input.</param>
    /// <param name="hasDefaults">Whether what is left out gets a default; else it keeps its value.</param>
    public static void AddTicketTypeFields<TText, TMoney>(
        this IInputObjectGraphType type, string metadata, bool hasDefaults)
        where TText : IGraphType
        where TMoney : IGraphType
    {
        string Default(object value) => hasDefaults ? $" {value} when left out." : "";

        type.Add<TText>("name", "What buyers see, such as `General Admission`.").HasLength(1, 200);
        type.Add<TMoney>("price", "The price of one ticket; 0 is free.").HasRange(0, 99_999_999);
        type.Add<StringGraphType>("description", "Free text for buyers.").HasLines(0, 5_000);
        type.Add<IntGraphType>("quantityTotal", "How many may be sold; null for unlimited.")
            .HasRange(1, 1_000_000);
        type.Add<IntGraphType>(
            "minPerOrder",
            "The fewest in one order." + Default(CreateTicketTypeInput.DefaultMinPerOrder))
            .HasRange(1, 100);
        type.Add<IntGraphType>(
            "maxPerOrder",
            "The most in one order." + Default(CreateTicketTypeInput.DefaultMaxPerOrder))
            .HasRange(1, 100);
        type.Add<DateTimeGraphType>("salesStartAt", "From then on it is sold; null for at once.");
        type.Add<DateTimeGraphType>(
            "salesEndAt", "Until then it is sold; null for as long as the event is.");
        type.Add<IntGraphType>(
            "position", "Where it stands among the event's ticket types." + Default("Last"))
            .HasRange(0, 1_000);
        type.Add<MetadataGraphType>("metadata", metadata);
    }
}
