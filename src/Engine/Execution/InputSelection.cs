using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Execution;

/// <summary>
/// The part of an operation that takes input: the fields with arguments, and those that lead to them. Coercion walks
/// the whole operation on each request, and most fields have no arguments. Built once, from an operation without
/// directives.
/// </summary>
internal sealed class InputSelection
{
    private readonly GraphQLDocument _document;
    private readonly HashSet<string> _fragments = [];

    /// <summary>Maps each remaining field with arguments to the field of the document.</summary>
    private readonly Dictionary<GraphQLField, GraphQLField> _sources = [];

    public InputSelection(GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        _document = document;
        Operation = new GraphQLOperationDefinition(Reduce(operation.SelectionSet))
        {
            Operation = operation.Operation,
            Name = operation.Name,
            Variables = operation.Variables,
            Location = operation.Location,
        };
    }

    public GraphQLOperationDefinition Operation { get; }

    /// <returns>The field of the document that corresponds to a field of <see cref="Operation"/>.</returns>
    public GraphQLField SourceOf(GraphQLField field) => _sources[field];

    /// <returns>The coerced result, with arguments keyed by the fields of the document.</returns>
    public IValidationResult Restore(IValidationResult coerced) =>
        coerced is { IsValid: true, ArgumentValues: { } given }
            ? new CoercedInput(coerced.Variables!, given.ToDictionary(pair => _sources[pair.Key], pair => pair.Value))
            : coerced;

    private GraphQLSelectionSet Reduce(GraphQLSelectionSet? selections) =>
        new([.. (selections?.Selections ?? []).Select(Reduce).OfType<ASTNode>()]);

    /// <returns>Null if no part of it takes input.</returns>
    private ASTNode? Reduce(ASTNode selection) => selection switch
    {
        GraphQLField field => Reduce(field),
        GraphQLInlineFragment inline => Reduce(inline.TypeCondition, inline.SelectionSet),
        GraphQLFragmentSpread spread when _fragments.Add(spread.FragmentName.Name.StringValue) =>
            _document.FindFragmentDefinition(spread.FragmentName.Name.Value) is { } fragment
                ? Reduce(fragment.TypeCondition, fragment.SelectionSet)
                : null,
        _ => null,
    };

    private GraphQLField? Reduce(GraphQLField field)
    {
        var below = Reduce(field.SelectionSet);
        var hasArguments = field.Arguments?.Count > 0;
        if (!hasArguments && below.Selections.Count == 0)
            return null;
        var reduced = new GraphQLField(field.Name)
        {
            Alias = field.Alias,
            Arguments = field.Arguments,
            SelectionSet = below,
            Location = field.Location,
        };
        if (hasArguments)
            _sources.Add(reduced, field);
        return reduced;
    }

    private GraphQLInlineFragment? Reduce(GraphQLTypeCondition? type, GraphQLSelectionSet selections) =>
        Reduce(selections) is { Selections.Count: > 0 } below
            ? new GraphQLInlineFragment(below) { TypeCondition = type }
            : null;
}
