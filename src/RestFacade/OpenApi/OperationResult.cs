using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Operations;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Where in an operation the resource stands that a route answers with.</summary>
/// <param name="Field">The field that leads to it; its description is the route's.</param>
/// <param name="Type">The type of the field.</param>
/// <param name="Selections">What is selected of it.</param>
/// <remarks>The same way as <see cref="Answers.RestAnswers"/> takes through a result.</remarks>
internal sealed record OperationResult(
    FieldType Field, IComplexGraphType Type, GraphQLSelectionSet Selections)
{
    private const string Nodes = "nodes";

    /// <summary>What is selected of each row; null for a single resource.</summary>
    public GraphQLSelectionSet? Items => Rows(Selections);

    public IGraphType? ItemType => Items is null
        ? null
        : Type.Fields.Find(Nodes)!.ResolvedType!.GetNamedType();

    /// <summary>The resource itself, whether alone or in a list.</summary>
    public IGraphType Resource => ItemType ?? Type;

    public static OperationResult Of(RestOperation operation, ISchema schema)
    {
        IObjectGraphType root = operation.Operation.IsMutation ? schema.Mutation! : schema.Query;
        var result = Find(operation.Operation.Definition.SelectionSet, root)
            ?? throw new NotSupportedException(
                $"OpenAPI: {operation.Route.Operation} must select one object.");
        return Find(result.Selections, result.Type) is { Items: not null } list ? list : result;
    }

    private static OperationResult? Find(GraphQLSelectionSet selections, IComplexGraphType parent)
    {
        if (selections.Selections is not [GraphQLField { SelectionSet: { } inner } field])
            return null;
        var definition = parent.Fields.Find(field.Name.Value)!;
        return definition.ResolvedType!.GetNamedType() is IComplexGraphType type
            ? new OperationResult(definition, type, inner)
            : null;
    }

    private static GraphQLSelectionSet? Rows(GraphQLSelectionSet selections) =>
        selections.Selections.OfType<GraphQLField>()
            .FirstOrDefault(field => field.Name.Value == Nodes)?.SelectionSet;
}
