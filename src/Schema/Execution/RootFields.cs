using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

internal static class RootFields
{
    /// <summary>The root fields of an operation, also those that stand in fragments.</summary>
    public static IEnumerable<GraphQLField> Of(
        GraphQLDocument document, GraphQLOperationDefinition operation) =>
        Of(document, operation.SelectionSet);

    /// <summary>Whether <c>@skip</c> or <c>@include</c> may leave a root field out.</summary>
    public static bool HaveConditions(GraphQLOperationDefinition operation) =>
        operation.SelectionSet.Selections.OfType<IHasDirectivesNode>()
            .Any(selection => selection.Directives?.Count > 0);

    private static IEnumerable<GraphQLField> Of(
        GraphQLDocument document, GraphQLSelectionSet? selections) =>
        (selections?.Selections ?? []).SelectMany(selection => selection switch
        {
            GraphQLField field => [field],
            GraphQLInlineFragment inline => Of(document, inline.SelectionSet),
            GraphQLFragmentSpread spread => Of(
                document, document.FindFragmentDefinition(spread.FragmentName.Name.Value)?.SelectionSet),
            _ => [],
        });
}
