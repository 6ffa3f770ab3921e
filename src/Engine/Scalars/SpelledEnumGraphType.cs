using System.Collections.Frozen;
using Equaticket.Engine.Errors;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Scalars;

/// <summary>An enum of the schema that knows how its values are spelt in REST.</summary>
public interface IWireSpelling
{
    /// <summary>The REST spellings, in the order of the schema.</summary>
    IReadOnlyList<string> WireNames { get; }

    /// <param name="graphQLName">A value of the enum as GraphQL writes it: <c>DRAFT</c>.</param>
    string ToWireName(string graphQLName);

    bool TryFromWireName(string wireName, out string graphQLName);
}

/// <summary>
/// <c>CONSTANT_CASE</c> in GraphQL, the wire name of the member in REST. Descriptions come from the
/// members.
/// </summary>
public abstract class SpelledEnumGraphType<TEnum> : EnumerationGraphType<TEnum>, IWireSpelling
    where TEnum : struct, Enum
{
    private readonly FrozenDictionary<string, string> _wireNames;
    private readonly FrozenDictionary<string, string> _graphQLNames;

    /// <param name="spell">The REST spelling of a member.</param>
    protected SpelledEnumGraphType(Func<TEnum, string> spell)
    {
        Name = typeof(TEnum).Name;
        _wireNames = Values.ToFrozenDictionary(
            value => value.Name,
            value => spell((TEnum)value.Value!),
            StringComparer.Ordinal);
        _graphQLNames = _wireNames.ToFrozenDictionary(
            pair => pair.Value, pair => pair.Key);
    }

    /// <exception cref="InvalidInputException">It is none of the values.</exception>
    public override object? ParseLiteral(GraphQLValue value) =>
        CanParseLiteral(value) ? base.ParseLiteral(value) : throw NoneOf();

    /// <exception cref="InvalidInputException">It is none of the values.</exception>
    public override object? ParseValue(object? value) =>
        CanParseValue(value) ? base.ParseValue(value) : throw NoneOf();

    public IReadOnlyList<string> WireNames => [.. Values.Select(value => _wireNames[value.Name])];

    public string ToWireName(string graphQLName) => _wireNames[graphQLName];

    public bool TryFromWireName(string wireName, out string graphQLName) =>
        _graphQLNames.TryGetValue(wireName, out graphQLName!);

    private InvalidInputException NoneOf() =>
        new(InputReasons.NoneOf(Values.Select(value => value.Name)));
}
