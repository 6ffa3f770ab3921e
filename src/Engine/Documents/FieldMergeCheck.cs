using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Finds fields that can't share a response name. Compares the fields of one name only with the first of
/// them, and visits their subselections together, so that the work grows linearly with the document. Fields on
/// many types could still multiply, so their number is limited.
/// </summary>
public sealed class FieldMergeCheck(ISchema schema, GraphQLDocument document)
{
    private const int MaxUses = 20_000;

    private readonly Dictionary<GraphQLField, string> _arguments = [];
    private int _uses;

    public static string ResponseName(GraphQLField field) =>
        (field.Alias?.Name ?? field.Name).StringValue;

    /// <returns>The first two fields that conflict, and the reason; null if none do.</returns>
    /// <exception cref="ApiError">There are too many combinations to check.</exception>
    public Conflict? FindConflict(
        GraphQLSelectionSet selections, IGraphType? root)
    {
        var fields = Gather([(selections, root)]);
        return FindDifferentField(fields) ?? FindDifferentShape(fields);
    }

    /// <summary>Fields with the same response name must have the same shape, on any object.</summary>
    private Conflict? FindDifferentShape(IEnumerable<List<Use>> fields)
    {
        foreach (var uses in fields)
        {
            var first = uses[0];
            if (uses.Find(use => !HaveSameShape(first.Type, use.Type)) is { } other)
                return new(first.Field, other.Field, $"they have different types, {first.Type} and {other.Type}");
            if (FindDifferentShape(Gather(Below(uses))) is { } below)
                return below;
        }

        return null;
    }

    /// <summary>
    /// Fields with the same response name on one object must be the same field with the same arguments.
    /// </summary>
    private Conflict? FindDifferentField(IEnumerable<List<Use>> fields)
    {
        foreach (var uses in fields.SelectMany(OfOneObject))
        {
            var first = uses[0];
            if (uses.Find(use => use.Field.Name.Value != first.Field.Name.Value) is { } another)
                return new(first.Field, another.Field, "they are different fields");

            if (uses.Find(use => Arguments(use.Field) != Arguments(first.Field)) is { } other)
                return new(first.Field, other.Field, "they have different arguments");
            if (FindDifferentField(Gather(Below(uses))) is { } below)
                return below;
        }

        return null;
    }

    /// <summary>
    /// The fields that could apply to the same object: those of its type, and those of interfaces and unions.
    /// </summary>
    private static IEnumerable<List<Use>> OfOneObject(List<Use> uses)
    {
        var byType = uses.ToLookup(use => use.Parent as IObjectGraphType);
        var open = byType[null].ToList();
        var concrete = byType.Where(group => group.Key is not null).ToList();
        return concrete.Count == 0
            ? [open]
            : concrete.Select(group => (List<Use>)[.. group, .. open]);
    }

    private static IEnumerable<(GraphQLSelectionSet?, IGraphType?)> Below(IEnumerable<Use> uses) =>
        uses.Select(use => (use.Field.SelectionSet, use.Type?.GetNamedType()));

    /// <returns>The selected fields, by response name.</returns>
    private List<List<Use>> Gather(IEnumerable<(GraphQLSelectionSet? Selections, IGraphType? Type)> sources)
    {
        var fields = new OrderedDictionary<string, List<Use>>(StringComparer.Ordinal);
        var fragments = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (selections, type) in sources)
            Gather(selections, type, fields, fragments);
        return [.. fields.Values];
    }

    private void Gather(
        GraphQLSelectionSet? selections,
        IGraphType? type,
        OrderedDictionary<string, List<Use>> fields,
        HashSet<string> fragments)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (selection is GraphQLField field)
                Add(field, type, fields);
            else if (selection is GraphQLInlineFragment inline)
                Gather(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? type, fields, fragments);
            else if (selection is GraphQLFragmentSpread spread
                && fragments.Add(spread.FragmentName.Name.StringValue)
                && document.FindFragmentDefinition(spread.FragmentName.Name.Value) is { } fragment)
                Gather(fragment.SelectionSet, TypeOf(fragment.TypeCondition), fields, fragments);
        }
    }

    private void Add(
        GraphQLField field, IGraphType? parent, OrderedDictionary<string, List<Use>> fields)
    {
        if (++_uses > MaxUses)
            throw ApiError.Validation(null, "Fields are selected on too many combinations of types.");
        var name = ResponseName(field);
        if (!fields.TryGetValue(name, out var uses))
            fields.Add(name, uses = []);
        var type = (parent as IComplexGraphType)?.Fields.Find(field.Name.Value)?.ResolvedType;
        uses.Add(new Use(field, parent, type));
    }

    private IGraphType? TypeOf(GraphQLTypeCondition? condition) =>
        condition is null ? null : schema.AllTypes[condition.Type.Name.Value];

    /// <remarks>Another rule reports fields that do not exist.</remarks>
    private static bool HaveSameShape(IGraphType? one, IGraphType? other) => (one, other) switch
    {
        (null, _) or (_, null) => true,
        (NonNullGraphType a, NonNullGraphType b) => HaveSameShape(a.ResolvedType, b.ResolvedType),
        (ListGraphType a, ListGraphType b) => HaveSameShape(a.ResolvedType, b.ResolvedType),
        (NonNullGraphType or ListGraphType, _) or (_, NonNullGraphType or ListGraphType) => false,
        _ => one == other || (one is not ScalarGraphType && other is not ScalarGraphType),
    };

    /// <returns>The arguments as text, sorted by name.</returns>
    private string Arguments(GraphQLField field)
    {
        if (field.Arguments is not { Count: > 0 } given)
            return "";
        if (!_arguments.TryGetValue(field, out var text))
        {
            text = string.Join(',', given
                .Select(argument => $"{argument.Name.Value}:{LiteralText.Of(argument.Value)}")
                .Order(StringComparer.Ordinal));
            _arguments.Add(field, text);
        }

        return text;
    }

    /// <summary>A use of a field in the document.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Parent">The type it is selected on.</param>
    /// <param name="Type">Its type; null for a field that does not exist.</param>
    private sealed record Use(GraphQLField Field, IGraphType? Parent, IGraphType? Type);
}

/// <summary>Two fields that can't share a response name.</summary>
/// <param name="Field">The first field in the document.</param>
/// <param name="Other">The other field.</param>
/// <param name="Reason">The reason, as a clause.</param>
public sealed record Conflict(GraphQLField Field, GraphQLField Other, string Reason);
