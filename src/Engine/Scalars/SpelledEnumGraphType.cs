using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Equaticket.Engine.Errors;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Scalars;

/// <summary>An enum of the schema that knows the REST names of its values.</summary>
public interface IWireSpelling
{
    /// <summary>The REST names, in schema order.</summary>
    IReadOnlyList<string> WireNames { get; }

    /// <param name="graphQLName">The GraphQL name of a value: <c>DRAFT</c>.</param>
    string ToWireName(string graphQLName);

    bool TryFromWireName(string wireName, out string graphQLName);
}

/// <summary>An enum type that writes its members without boxing them.</summary>
internal interface IEnumSpelling<in TEnum>
{
    bool Knows(TEnum member);

    void Write(Utf8JsonWriter json, TEnum member, bool useWireNames);
}

/// <summary>
/// An enum with <c>CONSTANT_CASE</c> names in GraphQL and wire names in REST. Descriptions come from the
/// members, which count up from 0.
/// </summary>
public abstract class SpelledEnumGraphType<TEnum> : EnumerationGraphType<TEnum>, IWireSpelling,
    IEnumSpelling<TEnum>
    where TEnum : struct, Enum
{
    private readonly FrozenDictionary<string, string> _wireNames;
    private readonly FrozenDictionary<string, string> _graphQLNames;

    /// <summary>Each member in GraphQL and in REST, by its value.</summary>
    private readonly (JsonEncodedText GraphQL, JsonEncodedText Wire)[] _json;

    /// <param name="spell">Returns the REST name of a member.</param>
    protected SpelledEnumGraphType(Func<TEnum, string> spell)
    {
        Name = typeof(TEnum).Name;
        _wireNames = Values.ToFrozenDictionary(
            value => value.Name,
            value => spell((TEnum)value.Value!),
            StringComparer.Ordinal);
        _graphQLNames = _wireNames.ToFrozenDictionary(
            pair => pair.Value, pair => pair.Key);
        _json = new (JsonEncodedText, JsonEncodedText)[Values.Count];
        foreach (var value in Values)
        {
            _json[IndexOf((TEnum)value.Value!)] =
                (JsonEncodedText.Encode(value.Name), JsonEncodedText.Encode(_wireNames[value.Name]));
        }
    }

    /// <exception cref="InvalidInputException">The value is not a member of the enum.</exception>
    public override object? ParseLiteral(GraphQLValue value) =>
        CanParseLiteral(value) ? base.ParseLiteral(value) : throw NoneOf();

    /// <exception cref="InvalidInputException">The value is not a member of the enum.</exception>
    public override object? ParseValue(object? value) =>
        CanParseValue(value) ? base.ParseValue(value) : throw NoneOf();

    public IReadOnlyList<string> WireNames => [.. Values.Select(value => _wireNames[value.Name])];

    public string ToWireName(string graphQLName) => _wireNames[graphQLName];

    public bool TryFromWireName(string wireName, out string graphQLName) =>
        _graphQLNames.TryGetValue(wireName, out graphQLName!);

    bool IEnumSpelling<TEnum>.Knows(TEnum member) => (uint)IndexOf(member) < _json.Length;

    void IEnumSpelling<TEnum>.Write(Utf8JsonWriter json, TEnum member, bool useWireNames)
    {
        var (graphQL, wire) = _json[IndexOf(member)];
        json.WriteStringValue(useWireNames ? wire : graphQL);
    }

    private static int IndexOf(TEnum member) => Unsafe.BitCast<TEnum, int>(member);

    private InvalidInputException NoneOf() =>
        new(InputReasons.NoneOf(Values.Select(value => value.Name)));
}
