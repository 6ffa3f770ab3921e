using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.RestFacade.Binding;
using Equaticket.Schema;
using Equaticket.Schema.Emails;
using GraphQL.Types;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The request body of a route.</summary>
internal sealed class RequestBodies(SchemaComponents components, InputSchemas schemas)
{
    /// <param name="route">The route.</param>
    /// <param name="answer">A reference to the schema of its response; null if the response has no body.</param>
    /// <returns>The request body, or null if the route has none.</returns>
    public OpenApiRequestBody? Of(RouteFacts route, IOpenApiSchema? answer)
    {
        var members = route.InputsFrom(VariableSource.Body).ToList();
        if (members.Count == 0)
            return null;
        var required = members.Where(member => member.Variable.IsRequired)
            .Select(member => member.Variable.Name).ToList();
        var schema = Schemas.Closed(
            members[0].Target.Parent?.Description,
            members.ToDictionary(
                member => member.Variable.Name, member => Member(member, route.Method == "PATCH")),
            required);
        var reference = components.Add($"{route.Operation.Route.Operation}Request", schema);
        var example = answer is null ? null : Example(schema, components.Find(answer));
        return new OpenApiRequestBody
        {
            Required = required.Count > 0,
            Content = Media.Json(reference, example),
        };
    }

    private IOpenApiSchema Member(OperationInput input, bool isPatch)
    {
        var schema = schemas.Of(input.Type, input.Target.Rules, isPatch);
        if (TakesNull(input, isPatch))
            schema = Schemas.OrNull(schema);
        else if (IsText(input.Type) && schema is OpenApiSchema { Pattern: null } text)
            text.MinLength ??= 1;
        return schema.Described(input.Description);
    }

    private static bool IsText(IGraphType type) =>
        (type is NonNullGraphType required ? required.ResolvedType : type) is StringGraphType;

    /// <remarks>
    /// GraphQL has no type for a field that may be omitted but must not be null. A patch rejects such a null
    /// when it parses its input, so null is not documented.
    /// </remarks>
    private static bool TakesNull(OperationInput input, bool isPatch)
    {
        if (input.Variable.IsRequired)
            return false;
        if (!isPatch || input.Target.Parent is not { } patch)
            return true;
        try
        {
            patch.ParseDictionary(new Dictionary<string, object?> { [input.Target.Name] = null });
            return true;
        }
        catch (ApiError)
        {
            return false;
        }
    }

    /// <summary>
    /// The part of the response example that the request shares; null if a required member is missing.
    /// </summary>
    private static JsonObject? Example(OpenApiSchema request, OpenApiSchema answer)
    {
        if (answer.Examples is not [JsonObject seen])
            return null;
        var example = new JsonObject(request.Properties!.Keys
            .Where(name => seen[name] is not null)
            .Select(name => KeyValuePair.Create(name, seen[name]?.DeepClone())));
        return request.Required!.All(example.ContainsKey) ? example : null;
    }
}

internal static class Media
{
    public static Dictionary<string, IOpenApiMediaType> Json(
        IOpenApiSchema schema,
        JsonNode? example = null,
        IDictionary<string, IOpenApiExample>? examples = null) => new()
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = schema,
                Example = example,
                Examples = examples is { Count: > 0 } ? examples : null,
            },
        };
}

/// <summary>Describes the accepted values of an input: its type and the rules of its directives.</summary>
internal sealed class InputSchemas(SchemaComponents components, LeafSchemas leaves)
{
    /// <param name="type">The type of the input, nullable or not.</param>
    /// <param name="rules">The node with the directives.</param>
    /// <param name="isPatch">Whether null values of metadata are allowed.</param>
    public IOpenApiSchema Of(IGraphType type, IMetadataReader rules, bool isPatch = false)
    {
        if (type is NonNullGraphType required)
            return Of(required.ResolvedType!, rules, isPatch);
        if (type is MetadataGraphType)
            return LeafSchemas.Metadata(takesNull: isPatch);
        if (type is IInputObjectGraphType input)
            return components.Add(input.Name, Object(input));
        if (type is ListGraphType list)
            return List(list.ResolvedType!, rules);
        var schema = leaves.Of(type);
        if (schema is OpenApiSchema own)
            Restrict(own, type, rules);
        return schema;
    }

    private OpenApiSchema List(IGraphType item, IMetadataReader rules)
    {
        // Only list rules apply to the list; all others apply to its items.
        var items = Of(item, rules);
        var schema = Schemas.List(item is NonNullGraphType ? items : Schemas.OrNull(items));
        if (InputDirectives.ListBoundsOf(rules) is { } bounds)
        {
            (schema.MinItems, schema.MaxItems) = (bounds.Min, bounds.Max);
            schema.UniqueItems = bounds.AreUnique ? true : null;
        }

        return schema;
    }

    private OpenApiSchema Object(IInputObjectGraphType type) => Schemas.Closed(
        type.Description,
        type.Fields.ToDictionary(RestName, Member),
        type.Fields.Where(field => field.ResolvedType is NonNullGraphType).Select(RestName));

    private IOpenApiSchema Member(FieldType field)
    {
        var schema = Of(field.ResolvedType!, field);
        return (field.ResolvedType is NonNullGraphType ? schema : Schemas.OrNull(schema))
            .Described(Wording.Of(field.Description));
    }

    private static string RestName(FieldType field) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);

    private static void Restrict(OpenApiSchema schema, IGraphType type, IMetadataReader rules)
    {
        if (InputDirectives.BoundsOf(rules, InputDirectives.Length) is var (shortest, longest))
            (schema.MinLength, schema.MaxLength) = (shortest, longest);
        if (InputDirectives.BoundsOf(rules, InputDirectives.Range) is var (least, greatest))
            (schema.Minimum, schema.Maximum) = (Number(least), Number(greatest));
        if (type is not StringGraphType)
            return;
        var text = InputDirectives.TextRuleOf(rules);
        schema.Pattern = Pattern(text);
        if (text.Format == TextFormats.Email)
            (schema.Format, schema.MaxLength) = ("email", EmailAddress.MaxLength);
    }

    private static string? Pattern(TextRule rule) => rule switch
    {
        { Format: { } format } => format.Pattern,
        { IsMultiline: true } => null,
        _ => TextRules.OneLinePattern,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
