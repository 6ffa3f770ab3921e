using Equaticket.Engine.Errors;
using Equaticket.Engine.Introspection;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Scalars;

/// <summary>A point in time. CLR type: <see cref="DateTimeOffset"/> in UTC.</summary>
public sealed class UtcDateTimeGraphType : ScalarGraphType
{
    public UtcDateTimeGraphType()
    {
        Name = "DateTime";
        Description = "A date and time (RFC 3339) from 1900-01-01 to 9998-12-31. Accepted with `Z` or any offset; "
            + "returned in UTC with milliseconds: `2026-09-15T18:00:00.000Z`.";
        SpecifiedByDirective.Apply(this, "https://www.rfc-editor.org/rfc/rfc3339");
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text => Read((string)text.Value),
        _ => throw Refusal(),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time,
        string text => Read(text),
        _ => throw Refusal(),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => Rfc3339.Write(time),
        _ => ThrowSerializationError(value),
    };

    private static DateTimeOffset Read(string text) =>
        Rfc3339.Fault(text, out var time) is { } fault ? throw new InvalidInputException(fault) : time;

    private static InvalidInputException Refusal() => new(Rfc3339.NoTime);
}
