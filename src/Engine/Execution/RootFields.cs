using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Execution;

public static class RootFields
{
    /// <returns>The type of an operation's root fields; null if the schema has none of its kind.</returns>
    public static IObjectGraphType? TypeOf(ISchema schema, GraphQLOperationDefinition operation) =>
        operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };

    /// <summary>The root fields of an operation, including those in fragments.</summary>
    public static IEnumerable<GraphQLField> Of(
        GraphQLDocument document, GraphQLOperationDefinition operation) =>
        Of(document, operation.SelectionSet);

    /// <summary>Whether <c>@skip</c> or <c>@include</c> may omit a root field.</summary>
    public static bool HaveConditions(
        GraphQLDocument document, GraphQLOperationDefinition operation) =>
        HaveConditions(document, operation.SelectionSet);

    private static bool HaveConditions(GraphQLDocument document, GraphQLSelectionSet? selections) =>
        (selections?.Selections ?? []).Any(selection =>
            (selection as IHasDirectivesNode)?.Directives?.Count > 0
            || (selection is not GraphQLField && HaveConditions(document, Below(document, selection))));

    private static IEnumerable<GraphQLField> Of(
        GraphQLDocument document, GraphQLSelectionSet? selections) =>
        (selections?.Selections ?? []).SelectMany(selection => selection switch
        {
            GraphQLField field => [field],
            _ => Of(document, Below(document, selection)),
        });

    private static GraphQLSelectionSet? Below(GraphQLDocument document, ASTNode fragment) =>
        fragment switch
        {
            GraphQLInlineFragment inline => inline.SelectionSet,
            GraphQLFragmentSpread spread =>
                document.FindFragmentDefinition(spread.FragmentName.Name.Value)?.SelectionSet,
            _ => null,
        };
}
