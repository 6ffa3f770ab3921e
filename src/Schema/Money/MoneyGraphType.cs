using System.Globalization;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Introspection;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Schema.Money;

/// <summary>An amount of money. CLR type: <see cref="long"/>.</summary>
public sealed class MoneyGraphType : ScalarGraphType
{
    public MoneyGraphType()
    {
        Name = "Money";
        Description = "An amount in the currency's smallest unit, as a 64-bit integer: `2500` is "
            + "25.00 USD or 2500 JPY.";
        SpecifiedByDirective.Apply(this, ApiError.DocUrl);
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLIntValue number when long.TryParse(
            number.Value.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var amount) => amount,
        _ => throw Refusal(),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        int amount => (long)amount,
        long amount => amount,
        _ => throw Refusal(),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        long amount => amount,
        int amount => (long)amount,
        _ => ThrowSerializationError(value),
    };

    private static InvalidInputException Refusal() =>
        new("This must be a whole number in the currency's smallest unit.");
}
