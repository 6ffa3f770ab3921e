using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>Generates one request to the schema, with an operation, fragments and variables.</summary>
internal sealed class DocumentGenerator
{
    private const int MaxDepth = 4;

    private static readonly string[] Aliases = ["a", "b", "id"];

    private readonly ISchema _schema;
    private readonly Chance _chance;
    private readonly VariableGenerator _variables;
    private readonly ValueGenerator _values;
    private readonly IReadOnlyList<IComplexGraphType> _types;
    private readonly List<(string Name, string Text)> _fragments = [];

    public DocumentGenerator(ISchema schema, Random random)
    {
        _schema = schema;
        _chance = new Chance(random, mistakes: random.Next(3) == 0 ? 0.04 : 0);
        _variables = new VariableGenerator(_chance);
        _values = new ValueGenerator(_chance, _variables.Use);
        _types = [.. schema.AllTypes.OfType<IComplexGraphType>()
            .Where(type => type is not IInputObjectGraphType && !type.Name.StartsWith('_'))
            .OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    /// <returns>The body of the request.</returns>
    public string Make()
    {
        var (kind, root) = _chance.UpTo(9) switch
        {
            < 6 => ("query", _schema.Query),
            < 9 => ("mutation", _schema.Mutation!),
            _ => ("subscription", _schema.Subscription!),
        };
        var selections = Selections(root, depth: 0, count: kind == "query" ? 1 + _chance.UpTo(2) : 1);
        var unused = _chance.Mistake() ? ", $unused: Int" : "";
        var definitions = _variables.Definitions;
        List<string> parts =
        [
            $"{kind} Asked{(unused.Length > 0 && definitions.Length > 0 ? $"{definitions[..^1]}{unused})" : definitions)} "
            + selections,
            .. _fragments.Select(fragment => fragment.Text),
        ];
        if (_chance.Of(0.05))
            parts.Add("query Other { viewer { mode } }");
        if (_chance.Mistake())
            parts.Add(_chance.One(["fragment Unused on Event { id }", "query Asked { viewer { mode } }", "type T { a: Int }"]));
        var query = System.Text.Json.JsonSerializer.Serialize(string.Join(' ', parts));
        return $$"""{"query": {{query}}, "operationName": "Asked", "variables": {{_variables.Given}}}""";
    }

    private string Selections(IComplexGraphType type, int depth, int count) =>
        $"{{ {string.Join(' ', Enumerable.Range(0, count).Select(_ => Selection(type, depth)))} }}";

    private string Selection(IComplexGraphType type, int depth)
    {
        var isRoot = depth == 0 && type != _schema.Query;
        if (!isRoot && depth < MaxDepth && _chance.Of(0.15))
            return Fragment(type, depth);
        if (!isRoot && _chance.Of(0.05))
            return "__typename";
        if (_chance.Mistake())
            return "noSuchField";
        var fields = type.Fields.Where(field => depth < MaxDepth || IsLeaf(field)).ToList();
        return fields.Count == 0 ? "__typename" : Field(_chance.One(fields), depth, isRoot);
    }

    private string Field(FieldType field, int depth, bool isRoot)
    {
        var arguments = (field.Arguments ?? [])
            .Where(argument => argument.ResolvedType is NonNullGraphType ? !_chance.Mistake() : _chance.Of(0.35))
            .Select(argument => (argument.Name, Value: _values.Make(argument.ResolvedType!, argument)))
            .ToList();
        if (_chance.Mistake())
            arguments.Add(("noSuchArgument", Leaf.Null));
        var alias = _chance.Of(0.08) ? $"{_chance.One(Aliases)}: " : "";
        var directives = isRoot ? "" : Directives();
        var below = Below(field, depth);
        var text = Write(below);
        return !isRoot && _chance.Of(0.2) ? $"{text} {Write(Below(field, depth))}" : text;

        string Write(string selections)
        {
            var written = arguments
                .Select(argument => $"{argument.Name}: {argument.Value.Write(isJson: false, _chance.Random)}")
                .ToArray();
            _chance.Random.Shuffle(written);
            var list = written.Length == 0 ? "" : $"({string.Join(", ", written)})";
            return $"{alias}{field.Name}{list}{directives}{selections}";
        }
    }

    private string Below(FieldType field, int depth) => field.ResolvedType!.GetNamedType() switch
    {
        IComplexGraphType type when !_chance.Mistake() => $" {Selections(type, depth + 1, 1 + _chance.UpTo(2))}",
        IComplexGraphType => "",
        _ => _chance.Mistake() ? " { id }" : "",
    };

    private string Directives()
    {
        if (_chance.Mistake())
            return _chance.One([" @noSuchDirective", " @skip", " @include(if: true) @include(if: true)"]);
        if (!_chance.Of(0.1))
            return "";
        var name = _chance.One(["skip", "include"]);
        var argument = _schema.Directives.Find(name)!.Arguments!.Find("if")!;
        return $" @{name}(if: {_values.Make(argument.ResolvedType!, argument).Write(isJson: false, _chance.Random)})";
    }

    private string Fragment(IComplexGraphType type, int depth)
    {
        if (_fragments.Count > 0 && _chance.Mistake())
            return $"...{_chance.One(_fragments).Name}{Directives()}";
        var on = TypeBelow(type);
        var selections = Selections(on, depth + 1, 1 + _chance.UpTo(1));
        if (_chance.Of(0.5))
            return $"... {(on == type && _chance.Of(0.5) ? "" : $"on {on.Name} ")}{Directives()}{selections}";
        var name = $"F{_fragments.Count}";
        _fragments.Add((name, $"fragment {name} on {on.Name} {selections}"));
        return $"...{name}{Directives()}{(_chance.Of(0.2) ? $" ...{name}" : "")}";
    }

    /// <summary>A type that an object of the given type may have.</summary>
    private IComplexGraphType TypeBelow(IComplexGraphType type)
    {
        if (_chance.Mistake())
            return _chance.One(_types);
        var related = type is IInterfaceGraphType open
            ? [.. open.PossibleTypes.OrderBy(possible => possible.Name, StringComparer.Ordinal)]
            : ((type as IObjectGraphType)?.ResolvedInterfaces ?? Enumerable.Empty<IGraphType>()).OfType<IComplexGraphType>().ToList();
        return related.Count > 0 && _chance.Of(0.5) ? _chance.One(related) : type;
    }

    private static bool IsLeaf(FieldType field) => field.ResolvedType!.GetNamedType() is not IComplexGraphType;
}
