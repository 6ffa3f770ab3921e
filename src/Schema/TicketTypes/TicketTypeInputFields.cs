using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Schema.TicketTypes;

/// <summary>The fields, with their limits, shared by the inputs that create and update a ticket type.</summary>
internal static class TicketTypeInputFields
{
    /// <typeparam name="TText">The type of the name.</typeparam>
    /// <typeparam name="TMoney">The type of the price.</typeparam>
    /// <param name="type">The input to add the fields to.</param>
    /// <param name="metadata">The description of the metadata in this input.</param>
    /// <param name="hasDefaults">Whether omitted fields get a default; otherwise they keep their value.</param>
    public static void AddTicketTypeFields<TText, TMoney>(
        this IInputObjectGraphType type, string metadata, bool hasDefaults)
        where TText : IGraphType
        where TMoney : IGraphType
    {
        string Default(object value) => hasDefaults ? $" Defaults to {value}." : "";

        type.Add<TText>("name", "The name shown to buyers, such as `General Admission`.").HasLength(1, 200);
        type.Add<TMoney>("price", "The price of one ticket, in the currency's smallest unit; 0 if free.")
            .HasRange(0, 99_999_999);
        type.Add<StringGraphType>("description", "The description shown to buyers.").HasLines(0, 5_000);
        type.Add<IntGraphType>("quantityTotal", "The number of tickets that can be sold; null for unlimited.")
            .HasRange(1, 1_000_000);
        type.Add<IntGraphType>(
            "minPerOrder",
            "The minimum number of tickets per order." + Default(CreateTicketTypeInput.DefaultMinPerOrder))
            .HasRange(1, 100);
        type.Add<IntGraphType>(
            "maxPerOrder",
            "The maximum number of tickets per order." + Default(CreateTicketTypeInput.DefaultMaxPerOrder))
            .HasRange(1, 100);
        type.Add<UtcDateTimeGraphType>("salesStartAt", "When sales start; null for immediately.");
        type.Add<UtcDateTimeGraphType>(
            "salesEndAt", "When sales end; null for as long as the event's sales last.");
        type.Add<IntGraphType>(
            "position", "The position among the event's ticket types, from 0." + Default("last"))
            .HasRange(0, 1_000);
        type.Add<MetadataGraphType>("metadata", metadata);
    }
}
