using System.Text.Json.Nodes;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Schema.Money;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL.Types;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Collects the named schemas, so that each is defined once.</summary>
internal sealed class SchemaComponents(OpenApiDocument document)
{
    private readonly IDictionary<string, IOpenApiSchema> _schemas = document.Components!.Schemas!;

    /// <returns>A reference to the schema with that name.</returns>
    /// <exception cref="InvalidOperationException">A different schema has that name.</exception>
    public IOpenApiSchema Add(string name, OpenApiSchema schema)
    {
        if (!_schemas.TryAdd(name, schema) && _schemas[name].ToJson() != schema.ToJson())
            throw new InvalidOperationException($"OpenAPI: two schemas are named {name}.");
        return new OpenApiSchemaReference(name, document);
    }

    public OpenApiSchema Find(IOpenApiSchema reference) =>
        (OpenApiSchema)_schemas[NameOf(reference)];

    public static string NameOf(IOpenApiSchema reference) =>
        ((OpenApiSchemaReference)reference).Reference.Id!;
}

/// <summary>Creates the basic schemas.</summary>
internal static class Schemas
{
    public static OpenApiSchema Text(string? format = null) =>
        new() { Type = JsonSchemaType.String, Format = format };

    public static OpenApiSchema Boolean() => new() { Type = JsonSchemaType.Boolean };

    /// <param name="format"><c>int32</c> or <c>int64</c>; null for a number in a header.</param>
    public static OpenApiSchema Integer(string? format = null) =>
        new() { Type = JsonSchemaType.Integer, Format = format };

    public static OpenApiSchema Choice(IEnumerable<string> values) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value)!)],
    };

    public static OpenApiSchema List(IOpenApiSchema items) =>
        new() { Type = JsonSchemaType.Array, Items = items };

    /// <summary>A request object: unlisted fields are errors.</summary>
    public static OpenApiSchema Closed(
        string? description,
        Dictionary<string, IOpenApiSchema> properties,
        IEnumerable<string> required)
    {
        var schema = Object(description, properties, required);
        schema.AdditionalPropertiesAllowed = false;
        return schema;
    }

    /// <summary>
    /// A response object: all listed fields are present, and new fields may be added later.
    /// </summary>
    public static OpenApiSchema Open(
        string? description, Dictionary<string, IOpenApiSchema> properties) =>
        Object(description, properties, properties.Keys);

    public static T Described<T>(this T schema, string? description)
        where T : IOpenApiSchema
    {
        schema.Description = description;
        return schema;
    }

    /// <returns>The schema, extended to allow null.</returns>
    public static IOpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Type: { } type } own)
        {
            return new OpenApiSchema
            {
                AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }],
            };
        }

        own.Type = type | JsonSchemaType.Null;
        return own;
    }

    private static OpenApiSchema Object(
        string? description,
        Dictionary<string, IOpenApiSchema> properties,
        IEnumerable<string> required) => new()
        {
            Type = JsonSchemaType.Object,
            Description = description is null ? null : Wording.Of(description),
            Required = new HashSet<string>(required),
            Properties = properties,
        };
}

/// <summary>Describes the REST representation of the schema's leaf types.</summary>
internal sealed class LeafSchemas(SchemaComponents components)
{
    /// <exception cref="NotSupportedException">REST cannot represent the type.</exception>
    public IOpenApiSchema Of(IGraphType type) => type switch
    {
        EnumerationGraphType values and IWireSpelling spelling => Enum(values, spelling),
        BooleanGraphType => Schemas.Boolean(),
        IntGraphType => Schemas.Integer("int32"),
        MoneyGraphType => Schemas.Integer("int64"),
        IdGraphType => Schemas.Text("uuid"),
        UtcDateTimeGraphType => Schemas.Text("date-time"),
        StringGraphType => Schemas.Text(),
        MetadataGraphType => Metadata(takesNull: false),
        WebhookPayloadGraphType => PayloadSchemas.Any(components),
        _ => throw new NotSupportedException($"OpenAPI: no schema is defined for {type}."),
    };

    /// <param name="takesNull">Whether a null value removes its key, as in a patch.</param>
    public static OpenApiSchema Metadata(bool takesNull)
    {
        var value = Schemas.Text();
        value.MaxLength = MetadataGraphType.MaxValueLength;
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            MaxProperties = MetadataGraphType.MaxPairs,
            PropertyNames = new OpenApiSchema
            {
                MinLength = 1,
                MaxLength = MetadataGraphType.MaxKeyLength,
                Pattern = TextRules.OneLinePattern,
            },
            AdditionalProperties = takesNull ? Schemas.OrNull(value) : value,
        };
    }

    private IOpenApiSchema Enum(EnumerationGraphType type, IWireSpelling spelling)
    {
        var meanings = type.Values
            .Select(value => $"- `{spelling.ToWireName(value.Name)}`: {value.Description}");
        return components.Add(type.Name, Schemas.Choice(spelling.WireNames).Described(
            string.Join('\n', [Wording.Of(type.Description), "", .. meanings])));
    }
}
