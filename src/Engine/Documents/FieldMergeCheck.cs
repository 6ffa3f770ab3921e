using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Looks for fields that can't be answered under one name. Fields of one name are compared with the first of
/// them alone, and what they select is looked at together, so that the work grows with the document and no
/// faster. Fields of many types at once could still multiply; that is bounded.
/// </summary>
public sealed class FieldMergeCheck(ISchema schema, GraphQLDocument document)
{
    private const int MaxUses = 20_000;

    private readonly Dictionary<GraphQLField, string> _arguments = [];
    private int _uses;

    public static string ResponseName(GraphQLField field) =>
        (field.Alias?.Name ?? field.Name).StringValue;

    /// <returns>The first two fields that conflict, and why; null when none do.</returns>
    /// <exception cref="ApiError">There are too many combinations to look at.</exception>
    public Conflict? FindConflict(
        GraphQLSelectionSet selections, IGraphType? root)
    {
        var fields = Gather([(selections, root)]);
        return FindDifferentField(fields) ?? FindDifferentShape(fields);
    }

    /// <summary>What is answered under one name has one shape, whichever object it is asked of.</summary>
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

    /// <summary>What may be asked of one object under one name is one field with one set of arguments.</summary>
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
    /// The fields that one object could be asked for together: those of its type, and those of interfaces
    /// and unions.
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

    /// <returns>The fields that the selections come to, by the name under which they are answered.</returns>
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

    /// <remarks>A field that does not exist is another rule's concern.</remarks>
    private static bool HaveSameShape(IGraphType? one, IGraphType? other) => (one, other) switch
    {
        (null, _) or (_, null) => true,
        (NonNullGraphType a, NonNullGraphType b) => HaveSameShape(a.ResolvedType, b.ResolvedType),
        (ListGraphType a, ListGraphType b) => HaveSameShape(a.ResolvedType, b.ResolvedType),
        (NonNullGraphType or ListGraphType, _) or (_, NonNullGraphType or ListGraphType) => false,
        _ => one == other || (one is not ScalarGraphType && other is not ScalarGraphType),
    };

    /// <returns>The arguments as text, in the order of their names.</returns>
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

    /// <summary>A field where it stands.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Parent">The type that it is asked of.</param>
    /// <param name="Type">The type that it has; null for a field that does not exist.</param>
    private sealed record Use(GraphQLField Field, IGraphType? Parent, IGraphType? Type);
}

/// <summary>Two fields that can't be answered under one name.</summary>
/// <param name="Field">The one that stands first.</param>
/// <param name="Other">The other.</param>
/// <param name="Reason">Why, as the middle of a sentence.</param>
public sealed record Conflict(GraphQLField Field, GraphQLField Other, string Reason);
