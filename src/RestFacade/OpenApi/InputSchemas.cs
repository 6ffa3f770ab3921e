using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Says in JSON Schema what an input takes: its type and the rules of its directives.</summary>
internal sealed class InputSchemas(SchemaComponents components, TypeSchemas types)
{
    /// <param name="type">The type of the input; whether it may be null is not looked at.</param>
    /// <param name="rules">Has the directives.</param>
    /// <param name="takesNullPairs">Whether null values of metadata are allowed, as in a patch.</param>
    public JsonObject Of(IGraphType type, IMetadataReader rules, bool takesNullPairs = false)
    {
        if (type is NonNullGraphType required)
            return Of(required.ResolvedType!, rules, takesNullPairs);
        if (type is MetadataType && takesNullPairs)
            return TypeSchemas.Metadata(TypeSchemas.OrNull(TypeSchemas.Typed("string")));
        var schema = type switch
        {
            ListGraphType list => List(list.ResolvedType!, rules),
            IInputObjectGraphType input => components.Add(input.Name, Object(input)),
            _ => types.Leaf(type),
        };
        Add(schema, rules);
        if (type is StringGraphType && Pattern(InputDirectives.TextRuleOf(rules)) is { } pattern)
            schema["pattern"] = pattern;
        return schema;
    }

    private JsonObject List(IGraphType item, IMetadataReader rules)
    {
        var schema = Of(item, rules);
        return new JsonObject
        {
            ["type"] = "array",
            ["items"] = item is NonNullGraphType ? schema : TypeSchemas.OrNull(schema),
        };
    }

    private JsonObject Object(IInputObjectGraphType type)
    {
        var properties = new JsonObject();
        foreach (var field in type.Fields)
            properties.Add(RestName(field), Member(field));
        var required = type.Fields.Where(field => field.ResolvedType is NonNullGraphType);
        return ObjectSchemas.Of(type.Description, properties, required.Select(RestName));
    }

    private JsonObject Member(FieldType field)
    {
        var schema = Of(field.ResolvedType!, field);
        if (field.ResolvedType is not NonNullGraphType)
            schema = TypeSchemas.OrNull(schema);
        schema["description"] = RestWording.Of(field.Description);
        return schema;
    }

    private static string RestName(FieldType field) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);

    private static void Add(JsonObject schema, IMetadataReader rules)
    {
        // Other rules of a list are those of its items, which have them already.
        if ((string?)schema["type"] == "array")
        {
            if (InputDirectives.LeastOf(rules) is { } fewest)
                (schema["minItems"], schema["uniqueItems"]) = (fewest, true);
            return;
        }

        if (InputDirectives.BoundsOf(rules, InputDirectives.Length) is var (shortest, longest))
            (schema["minLength"], schema["maxLength"]) = (shortest, longest);
        if (InputDirectives.BoundsOf(rules, InputDirectives.Range) is var (least, greatest))
            (schema["minimum"], schema["maximum"]) = (least, greatest);
    }

    private static string? Pattern(TextRule rule) => rule switch
    {
        { Format: { } format } => format.Pattern,
        { IsMultiline: true } => null,
        _ => TextRules.OneLinePattern,
    };
}
