using System.Text.Json.Nodes;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>
/// Says in JSON Schema what a route answers: what its operation selects. A fragment becomes a schema
/// of its own, <c>EventResource</c> the schema <c>Event</c>.
/// </summary>
internal sealed class ResultSchemas(
    RestOperation operation, SchemaComponents components, TypeSchemas types)
{
    private readonly GraphQLDocument _document = operation.Operation.Document;

    public JsonObject Of(OperationResult result) => result.Items is { } items
        ? ListSchemas.Of(Object(items, (IComplexGraphType)result.ItemType!, null), components)
        : Object(result.Selections, result.Type, NameOf(result));

    /// <summary>A resource with something added to it is told apart by its operation.</summary>
    private string? NameOf(OperationResult result) =>
        result.Selections.Selections.Any(selection => selection is GraphQLFragmentSpread)
            ? $"{operation.Route.Operation}Response"
            : null;

    /// <param name="selections">What is selected of it.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">What to call it where no fragment does; the type's name when null.</param>
    private JsonObject Object(
        GraphQLSelectionSet selections, IComplexGraphType type, string? name)
    {
        var shown = selections.Selections.Where(selection => !IsForHeaders(selection)).ToList();
        if (shown is [GraphQLFragmentSpread spread])
        {
            selections = Fragment(spread).SelectionSet;
            name = spread.FragmentName.Name.StringValue[..^OperationFiles.FragmentSuffix.Length];
        }

        name ??= type.Name;
        var schema = ObjectSchemas.Full(type.Description, Members(selections, type));
        if (Examples.Find(name) is { } example)
            schema["examples"] = new JsonArray(example);
        return components.Add(name, schema);
    }

    private JsonObject Members(GraphQLSelectionSet selections, IComplexGraphType type)
    {
        var members = new JsonObject();
        foreach (var field in Fields(selections))
        {
            var definition = type.Fields.Find(field.Name.Value)!;
            var schema = Value(definition.ResolvedType!, field);
            schema["description"] = RestWording.Of(definition.Description);
            members.Add((field.Alias?.Name ?? field.Name).StringValue, schema);
        }

        return members;
    }

    private JsonObject Value(IGraphType type, GraphQLField field) =>
        type is NonNullGraphType required
            ? Shape(required.ResolvedType!, field)
            : TypeSchemas.OrNull(Shape(type, field));

    private JsonObject Shape(IGraphType type, GraphQLField field) => type switch
    {
        ListGraphType list => new JsonObject
        {
            ["type"] = "array",
            ["items"] = Value(list.ResolvedType!, field),
        },
        IComplexGraphType composite => Object(field.SelectionSet!, composite, null),
        _ => types.Leaf(type),
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
