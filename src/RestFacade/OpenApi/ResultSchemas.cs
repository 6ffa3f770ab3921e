using Equaticket.Engine.Paging;
using Equaticket.RestFacade.Operations;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>
/// Describes the result of a route, as selected by its operation. A fragment becomes a named schema:
/// <c>EventResource</c> is the schema <c>Event</c>.
/// </summary>
internal sealed class ResultSchemas(
    RestOperation operation, SchemaComponents components, LeafSchemas leaves)
{
    private readonly GraphQLDocument _document = operation.Operation.Document;

    public IOpenApiSchema Of(OperationResult result) => result.Items is { } items
        ? List(Object(items, (IComplexGraphType)result.ItemType!, null))
        : Object(result.Selections, result.Type, NameOf(result));

    /// <summary>The envelope of every list (guide, "Pagination").</summary>
    private IOpenApiSchema List(IOpenApiSchema item)
    {
        var data = Schemas.List(item).Described("The rows of the page.");
        data.MaxItems = PageRequest.MaxLimit;
        return components.Add($"{SchemaComponents.NameOf(item)}List", Schemas.Open(
            "One page of a list, newest first.",
            new Dictionary<string, IOpenApiSchema>
            {
                ["livemode"] = Schemas.Boolean().Described("False for test data."),
                ["data"] = data,
                ["has_more"] = Schemas.Boolean().Described("Whether more rows follow this page."),
                ["next_cursor"] = Schemas.OrNull(Schemas.Text()).Described(
                    "Pass it as `cursor` to get the next page; null on the last page."),
            }));
    }

    /// <summary>A resource with additional fields is named after its operation.</summary>
    private string? NameOf(OperationResult result) =>
        result.Selections.Selections.Any(selection => selection is GraphQLFragmentSpread)
            ? $"{operation.Route.Operation}Response"
            : null;

    /// <param name="selections">The selected fields.</param>
    /// <param name="type">The type of the object.</param>
    /// <param name="name">The name of the schema, unless a fragment names it; null for the name of the type.</param>
    private IOpenApiSchema Object(
        GraphQLSelectionSet selections, IComplexGraphType type, string? name)
    {
        var shown = selections.Selections.Where(selection => !IsForHeaders(selection)).ToList();
        if (shown is [GraphQLFragmentSpread spread])
        {
            selections = Fragment(spread).SelectionSet;
            name = spread.FragmentName.Name.StringValue[..^OperationFiles.FragmentSuffix.Length];
        }

        name ??= type.Name;
        var schema = Schemas.Open(
            type.Description,
            Fields(selections).ToDictionary(
                field => (field.Alias?.Name ?? field.Name).StringValue, field => Member(field, type)));
        if (Resources.FindExample(name) is { } example)
            schema.Examples = [example];
        return components.Add(name, schema);
    }

    private IOpenApiSchema Member(GraphQLField field, IComplexGraphType type)
    {
        var definition = type.Fields.Find(field.Name.Value)!;
        return Value(definition.ResolvedType!, field).Described(Wording.Of(definition.Description));
    }

    private IOpenApiSchema Value(IGraphType type, GraphQLField field) =>
        type is NonNullGraphType required
            ? Shape(required.ResolvedType!, field)
            : Schemas.OrNull(Shape(type, field));

    private IOpenApiSchema Shape(IGraphType type, GraphQLField field) => type switch
    {
        ListGraphType list => Schemas.List(Value(list.ResolvedType!, field)),
        IComplexGraphType composite => Object(field.SelectionSet!, composite, null),
        _ => leaves.Of(type),
    };

    private IEnumerable<GraphQLField> Fields(GraphQLSelectionSet selections) =>
        selections.Selections.Where(selection => !IsForHeaders(selection)).SelectMany(
            selection => selection switch
            {
                GraphQLField field => [field],
                GraphQLFragmentSpread spread => Fields(Fragment(spread).SelectionSet),
                _ => throw new NotSupportedException("OpenAPI: inline fragments are not supported."),
            });

    private GraphQLFragmentDefinition Fragment(GraphQLFragmentSpread spread) =>
        _document.FindFragmentDefinition(spread.FragmentName.Name.Value)!;

    private static bool IsForHeaders(ASTNode selection) =>
        (selection as GraphQLField)?.Alias?.Name.StringValue[0] == '_';
}

/// <summary>The part of an operation that selects the resource of a route.</summary>
/// <param name="Field">The field that leads to the resource; its description becomes the route's.</param>
/// <param name="Type">The type of the field.</param>
/// <param name="Selections">The selected fields.</param>
/// <param name="IsRoot">Whether the field is a root field.</param>
/// <remarks><see cref="Answers.RestAnswers"/> finds the resource in a result in the same way.</remarks>
internal sealed record OperationResult(
    FieldType Field, IComplexGraphType Type, GraphQLSelectionSet Selections, bool IsRoot = true)
{
    private const string Nodes = "nodes";

    /// <summary>The selected fields of each row; null for a single resource.</summary>
    public GraphQLSelectionSet? Items => Rows(Selections);

    public IGraphType? ItemType => Items is null
        ? null
        : Type.Fields.Find(Nodes)!.ResolvedType!.GetNamedType();

    public static OperationResult Of(RestOperation operation, ISchema schema)
    {
        IObjectGraphType root = operation.Operation.IsMutation ? schema.Mutation! : schema.Query;
        var result = Find(operation.Operation.Definition.SelectionSet, root)
            ?? throw new NotSupportedException(
                $"OpenAPI: {operation.Route.Operation} must select one object.");
        return Find(result.Selections, result.Type) is { Items: not null } list
            ? list with { IsRoot = false }
            : result;
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
