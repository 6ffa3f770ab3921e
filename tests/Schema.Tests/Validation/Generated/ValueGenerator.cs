using Equaticket.Engine.Input;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>Generates literals of a type, with variables in every position that allows one.</summary>
/// <param name="chance">Makes the random choices.</param>
/// <param name="variable">Creates a variable for a position; null if none is allowed.</param>
internal sealed class ValueGenerator(Chance chance, Func<IGraphType, IMetadataReader, Value>? variable)
{
    private const string Cursor =
        "\"eyJjcmVhdGVkX2F0IjoiMjAyNi0wOS0xNVQxODowMDowMC4wMDAwMDBaIiwiaWQiOiIwMTk5MDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAifQ==\"";

    private const double VariableShare = 0.35;

    /// <summary>Values that, with few exceptions, each fit only one type.</summary>
    private static readonly Value[] Wrong =
    [
        new Leaf("true"), new Leaf("25.5"), new Leaf("99999999999"), new Leaf("\"text\""),
        Leaf.Enum("NO_SUCH_VALUE"), new Items([new Items([new Leaf("true")])]),
        new Members([("noSuchField", new Leaf("true"))]), Leaf.Null,
    ];

    /// <param name="type">The type of the position.</param>
    /// <param name="member">The argument or input field, which may carry rules.</param>
    public Value Make(IGraphType type, IMetadataReader member)
    {
        if (variable is not null && chance.Of(VariableShare))
            return variable(type, member);
        if (chance.Mistake())
            return chance.One(Wrong);
        return type switch
        {
            NonNullGraphType required => MakeGiven(required.ResolvedType!, member),
            _ when chance.Of(0.1) => Leaf.Null,
            _ => MakeGiven(type, member),
        };
    }

    private Value MakeGiven(IGraphType type, IMetadataReader member) => type switch
    {
        ListGraphType list when chance.Of(0.2) => Make(list.ResolvedType!, member) is Leaf { Literal: ['$', ..] } item
            ? new Items([item])
            : MakeGiven(list.ResolvedType!.GetNamedType(), member),
        ListGraphType list => new Items(
            [.. Enumerable.Range(0, 1 + chance.UpTo(1)).Select(_ => Make(list.ResolvedType!, member))]),
        IInputObjectGraphType input => new Members([.. FieldsOf(input)]),
        EnumerationGraphType choices => Leaf.Enum(chance.One(choices.Values.ToList()).Name),
        _ => chance.One(Scalars(type.Name, member)),
    };

    private IEnumerable<(string, Value)> FieldsOf(IInputObjectGraphType input)
    {
        if (input.IsOneOf && !chance.Mistake())
        {
            var only = chance.One(input.Fields.ToList());
            return [(only.Name, Make(new NonNullGraphType(only.ResolvedType!), only))];
        }

        var fields = input.Fields
            .Where(field => field.ResolvedType is NonNullGraphType ? !chance.Mistake() : chance.Of(0.3))
            .Select(field => (field.Name, Make(field.ResolvedType!, field)))
            .ToList();
        if (fields.Count > 0 && chance.Mistake())
            fields.Add(fields[0]);
        return fields;
    }

    /// <summary>Values that also satisfy the rules of the member.</summary>
    private static Leaf[] Scalars(string type, IMetadataReader member) => type switch
    {
        "Int" or "Money" => [new(Least(member).ToString()), new((Least(member) + 1).ToString())],
        "ID" => [new("\"a\""), new("1"), new("\"b\"")],
        "Boolean" => [new("true"), new("false")],
        "DateTime" => [new("\"2099-01-01T00:00:00Z\""), new("\"2098-01-01T00:00:00+02:00\"")],
        "Metadata" => [new("{seat: \"A\"}", "{\"seat\": \"A\"}"), new("{seat: null}", "{\"seat\": null}")],
        _ => InputDirectives.TextRuleOf(member).Format?.Name switch
        {
            "email" => [new("\"ada@example.com\"")],
            "timezone" => [new("\"Europe/Berlin\"")],
            "currency" => [new("\"usd\"")],
            "cursor" => [new(Cursor)],
            _ => [new("\"ada\""), new("\"bob\"")],
        },
    };

    private static int Least(IMetadataReader member) =>
        InputDirectives.BoundsOf(member, InputDirectives.Range)?.Min ?? 1;
}
