using Equaticket.Engine.Input;
using Equaticket.Schema.Money;
using GraphQL.Types;

namespace Equaticket.Schema.TicketTypes;

/// <summary>A new ticket type as sent by the caller.</summary>
public sealed record CreateTicketTypeInput
{
    public const int DefaultMinPerOrder = 1;
    public const int DefaultMaxPerOrder = 10;

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required long Price { get; init; }

    public string? Currency { get; init; }

    public int? QuantityTotal { get; init; }

    public int? MinPerOrder { get; init; }

    public int? MaxPerOrder { get; init; }

    public DateTimeOffset? SalesStartAt { get; init; }

    public DateTimeOffset? SalesEndAt { get; init; }

    public int? Position { get; init; }

    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }
}

public sealed class CreateTicketTypeInputGraphType : InputObjectGraphType<CreateTicketTypeInput>
{
    public CreateTicketTypeInputGraphType()
    {
        Name = "CreateTicketTypeInput";
        Description = "The input for creating a ticket type.";
        this.Add<StringGraphType>("currency", "Must be the event's currency, which is the default.")
            .HasFormat(TextFormats.Currency);
        this.AddTicketTypeFields<NonNullGraphType<StringGraphType>, NonNullGraphType<MoneyGraphType>>(
            metadata: "Custom key-value pairs.", hasDefaults: true);
    }
}
