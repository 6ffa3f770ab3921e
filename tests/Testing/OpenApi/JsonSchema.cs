using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Equaticket.Testing.OpenApi;

/// <summary>
/// Checks values against the part of JSON Schema 2020-12 that the OpenAPI document uses. An unknown
/// keyword fails the check, so that none is silently ignored. It is stricter than
/// JSON Schema in one respect: an object with <c>properties</c> must not have others. The document leaves responses
/// open, because additions are compatible, but everything in current responses must be documented.
/// </summary>
/// <param name="document">The document that references resolve in.</param>
public sealed class JsonSchema(JsonNode document)
{
    private static readonly string[] Annotations =
        ["description", "examples", "default", "$ref", "additionalProperties"];

    /// <returns>The errors in the value, each with its path.</returns>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string path = "$")
    {
        if ((string?)schema["$ref"] is { } reference)
            return Faults(value, Resolve(reference), path);
        return schema.AsObject()
            .Where(keyword => !Annotations.Contains(keyword.Key))
            .SelectMany(keyword => Faults(keyword.Key, keyword.Value!, value, path))
            .Concat(value is JsonObject given ? Extra(given, schema, path) : []);
    }

    /// <param name="reference">A pointer into the document: <c>#/components/schemas/Event</c>.</param>
    public JsonNode Resolve(string reference) => reference.Split('/').Skip(1)
        .Aggregate(document, (node, name) => node[name]
            ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private IEnumerable<string> Faults(string keyword, JsonNode rule, JsonNode? value, string path) =>
        keyword switch
        {
            "allOf" => rule.AsArray().SelectMany(part => Faults(value, part!, path)),
            "anyOf" => rule.AsArray().Any(part => !Faults(value, part!, path).Any())
                ? [] : [$"{path} fits none of the alternatives"],
            "properties" => rule.AsObject().SelectMany(property =>
                value is JsonObject given && given.TryGetPropertyValue(property.Key, out var member)
                    ? Faults(member, property.Value!, $"{path}.{property.Key}") : []),
            "propertyNames" => (value as JsonObject ?? []).SelectMany(property =>
                Faults(property.Key, rule, $"{path}.{property.Key}")),
            "items" => (value as JsonArray ?? []).SelectMany((item, index) =>
                Faults(item, rule, $"{path}[{index}]")),
            "required" => rule.AsArray()
                .Where(name => value is JsonObject given && !given.ContainsKey((string)name!))
                .Select(name => $"{path}.{name} is missing"),
            _ => Holds(keyword, rule, value) ? [] : [$"{path}: {keyword} {rule.ToJsonString()}"],
        };

    private IEnumerable<string> Extra(JsonObject value, JsonNode schema, string path)
    {
        var (rule, known) = (schema["additionalProperties"], schema["properties"] as JsonObject);
        if (rule is null && known is null)
            return [];
        var extra = value.Where(member => known?.ContainsKey(member.Key) != true);
        return rule is JsonObject
            ? extra.SelectMany(member => Faults(member.Value, rule, $"{path}.{member.Key}"))
            : extra.Select(member => $"{path}.{member.Key} is not documented");
    }

    private static bool Holds(string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "type" => (rule as JsonArray ?? [rule.DeepClone()]).Any(type => IsA((string)type!, value)),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "maxProperties" => value is not JsonObject given || given.Count <= (int)rule,
        "minItems" => value is not JsonArray given || given.Count >= (int)rule,
        "maxItems" => value is not JsonArray given || given.Count <= (int)rule,
        "minimum" => Number(value) is not { } number || number >= (decimal)rule,
        "maximum" => Number(value) is not { } number || number <= (decimal)rule,
        _ => Text(value) is not { } text || TextRules.Holds(keyword, rule, text),
    };

    private static bool IsA(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number
            && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        _ => throw new NotSupportedException($"The type {type} is not supported."),
    };

    private static string? Text(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? (string?)value : null;

    private static decimal? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
            ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;
}
