using System.Text.Json.Nodes;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Schema.Money;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Says in JSON Schema what a leaf type of the schema looks like in REST.</summary>
internal sealed class TypeSchemas(SchemaComponents components)
{
    /// <exception cref="NotSupportedException">REST has no form for the type.</exception>
    public JsonObject Leaf(IGraphType type) => type switch
    {
        EnumerationGraphType values and IWireSpelling spelling => Enum(values, spelling),
        BooleanGraphType => Typed("boolean"),
        IntGraphType => Typed("integer", "int32"),
        MoneyType => Typed("integer", "int64"),
        IdGraphType => Typed("string", "uuid"),
        DateTimeType => Typed("string", "date-time"),
        StringGraphType => Typed("string"),
        MetadataType => Metadata(Typed("string")),
        WebhookPayloadType => PayloadSchemas.Any(components),
        _ => throw new NotSupportedException($"OpenAPI: no schema is given for {type}."),
    };

    /// <param name="value">The schema of a value.</param>
    public static JsonObject Metadata(JsonObject value)
    {
        value["maxLength"] = MetadataType.MaxValueLength;
        var name = new JsonObject
        {
            ["minLength"] = 1,
            ["maxLength"] = MetadataType.MaxKeyLength,
            ["pattern"] = TextRules.OneLinePattern,
        };
        return new JsonObject
        {
            ["type"] = "object",
            ["maxProperties"] = MetadataType.MaxPairs,
            ["propertyNames"] = name,
            ["additionalProperties"] = value,
        };
    }

    public static JsonObject Typed(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    /// <returns>The schema, which allows null as well.</returns>
    public static JsonObject OrNull(JsonObject schema)
    {
        if ((string?)schema["type"] is not { } type)
            return new JsonObject { ["anyOf"] = new JsonArray(schema, Typed("null")) };
        schema["type"] = new JsonArray(type, "null");
        return schema;
    }

    private JsonObject Enum(EnumerationGraphType type, IWireSpelling spelling)
    {
        var meanings = type.Values
            .Select(value => $"- `{spelling.ToWireName(value.Name)}`: {value.Description}");
        return components.Add(type.Name, new JsonObject
        {
            ["type"] = "string",
            ["description"] = string.Join('\n', [RestWording.Of(type.Description), "", .. meanings]),
            ["enum"] = spelling.WireNames.ToJsonArray(),
        });
    }
}
