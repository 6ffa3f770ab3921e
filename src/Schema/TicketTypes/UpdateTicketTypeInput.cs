using Equaticket.Engine.Input;
using Equaticket.Schema.Money;
using GraphQL.Types;

namespace Equaticket.Schema.TicketTypes;

/// <summary>Changes to a ticket type: an absent field keeps its value, null clears it.</summary>
public sealed class UpdateTicketTypeInput(PatchValues values)
{
    public Optional<string> Name { get; } = values.Required<string>("name");

    public Optional<string> Description { get; } = values.Optional<string>("description");

    public Optional<long> Price { get; } = values.Required<long>("price");

    public Optional<string> Currency { get; } = values.Required<string>("currency");

    public Optional<int?> QuantityTotal { get; } = values.Optional<int?>("quantityTotal");

    public Optional<int> MinPerOrder { get; } = values.Required<int>("minPerOrder");

    public Optional<int> MaxPerOrder { get; } = values.Required<int>("maxPerOrder");

    public Optional<DateTimeOffset?> SalesStartAt { get; } =
        values.Optional<DateTimeOffset?>("salesStartAt");

    public Optional<DateTimeOffset?> SalesEndAt { get; } =
        values.Optional<DateTimeOffset?>("salesEndAt");

    public Optional<int> Position { get; } = values.Required<int>("position");

    public Optional<IReadOnlyDictionary<string, string?>> Metadata { get; } =
        values.Optional<IReadOnlyDictionary<string, string?>>("metadata");
}

public sealed class UpdateTicketTypeInputGraphType : InputObjectGraphType<UpdateTicketTypeInput>
{
    public UpdateTicketTypeInputGraphType()
    {
        Name = "UpdateTicketTypeInput";
        Description =
            "The changes to a ticket type. A field that is left out keeps its value; null clears it.";
        this.Add<StringGraphType>("currency", "Must be the event's currency.")
            .HasFormat(TextFormats.Currency);
        this.AddTicketTypeFields<StringGraphType, MoneyGraphType>(
            metadata: "Key-value pairs to merge into the metadata. A null value removes its key; null removes all.",
            hasDefaults: false);
    }

    public override object ParseDictionary(IDictionary<string, object?> value) =>
        new UpdateTicketTypeInput(new PatchValues(value));
}
