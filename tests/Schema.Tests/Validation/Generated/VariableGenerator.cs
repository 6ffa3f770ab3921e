using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>Declares variables for the positions that need one, with or without values.</summary>
internal sealed class VariableGenerator
{
    private static readonly string[] Others = ["Boolean", "ID!", "[Int]", "EventStatus", "NoSuchType", "Event"];

    private readonly Chance _chance;
    private readonly ValueGenerator _constants;
    private readonly List<string> _definitions = [];
    private readonly List<string> _given = [];

    public VariableGenerator(Chance chance)
    {
        _chance = chance;
        _constants = new ValueGenerator(chance, variable: null);
    }

    /// <summary>The definitions with their parentheses; empty if there are none.</summary>
    public string Definitions => _definitions.Count == 0 ? "" : $"({string.Join(", ", _definitions)})";

    /// <summary>The values, as a JSON object.</summary>
    public string Given => $"{{{string.Join(", ", _given)}}}";

    public Value Use(IGraphType type, IMetadataReader member)
    {
        if (_definitions.Count > 0 && _chance.Of(0.03))
            return new Leaf($"$v{_chance.UpTo(_definitions.Count - 1)}");
        if (_chance.Mistake())
            return new Leaf("$undefined");
        var name = $"v{_definitions.Count}";
        Declare(name, type, member);
        return new Leaf($"${name}");
    }

    private void Declare(string name, IGraphType position, IMetadataReader member)
    {
        var type = TypeFor(position);
        var definition = $"${name}: {(_chance.Mistake() ? _chance.One(Others) : type.ToString())}";
        if (_chance.Of(type == position ? 0.3 : 0.85))
            definition += $" = {Constant(Nullable(type, 0.9), member, isJson: false)}";
        _definitions.Add(definition);
        if (_chance.Of(type is NonNullGraphType ? 0.85 : 0.7))
            _given.Add($"\"{name}\": {Constant(Nullable(type, 0.7), member, isJson: true)}");
    }

    /// <summary>Usually the type of the position, or one that may fit it.</summary>
    private IGraphType TypeFor(IGraphType position) => (position, _chance.UpTo(9)) switch
    {
        (NonNullGraphType required, 0 or 1 or 2) => required.ResolvedType!,
        (not NonNullGraphType, 0 or 1) => new NonNullGraphType(position),
        (_, 3) when _chance.Mistake() => new ListGraphType(position),
        (_, 4) when _chance.Mistake() => position.GetNamedType(),
        (NonNullGraphType { ResolvedType: ListGraphType { ResolvedType: NonNullGraphType item } }, 5)
            when _chance.Mistake() => new NonNullGraphType(new ListGraphType(item.ResolvedType!)),
        _ => position,
    };

    /// <summary>The type, or its non-null form.</summary>
    private IGraphType Nullable(IGraphType type, double required) =>
        type is not NonNullGraphType && _chance.Of(required) ? new NonNullGraphType(type) : type;

    private string Constant(IGraphType type, IMetadataReader member, bool isJson) =>
        _constants.Make(type, member).Write(isJson, _chance.Random);
}
