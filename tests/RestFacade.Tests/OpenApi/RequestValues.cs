using System.Text.Json.Nodes;
using Equaticket.Engine.Input;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>Generates values for a request from its schema in the OpenAPI document.</summary>
internal static class RequestValues
{
    public const string Id = "01900000-0000-7000-8000-000000000000";

    /// <returns>A body with all required members.</returns>
    public static JsonObject Valid(JsonNode document, JsonNode schema)
    {
        var names = (schema["required"] as JsonArray ?? []).Select(name => (string)name!);
        return new JsonObject(names.Select(name =>
            KeyValuePair.Create(name, (JsonNode?)Value(document, name, schema["properties"]![name]!))));
    }

    /// <returns>Values that each break one rule of the schema.</returns>
    public static IEnumerable<JsonNode?> Beyond(JsonNode document, JsonNode rules, string name) =>
    [
        .. If(rules["minLength"], least => (int)least > 0 ? "" : null),
        .. If(rules["maxLength"], most => TextOf(rules, name, (int)most + 1)),
        .. If(rules["pattern"], _ => IsOneLine(rules) ? "Two\nlines" : "Not valid!"),
        .. If(rules["minimum"], least => (long)least - 1),
        .. If(rules["maximum"], most => (long)most + 1),
        .. If(rules["minItems"], _ => new JsonArray()),
        .. If(rules["maxItems"], most => Items(document, rules, (int)most + 1)),
        .. If(rules["uniqueItems"], _ => Items(document, rules, 2)),
        .. If(rules["maxProperties"], most => new JsonObject(Enumerable.Range(0, (int)most + 1)
            .Select(number => KeyValuePair.Create($"k{number}", (JsonNode?)"v")))),
        .. If(rules["propertyNames"]?["minLength"], _ => new JsonObject { [""] = "v" }),
        .. If(rules["propertyNames"]?["maxLength"], most =>
            new JsonObject { [new string('k', (int)most + 1)] = "v" }),
        .. If(rules["propertyNames"]?["pattern"], _ => new JsonObject { ["Two\nlines"] = "v" }),
        .. If((rules["additionalProperties"] as JsonObject)?["maxLength"], most =>
            new JsonObject { ["k"] = new string('v', (int)most + 1) }),
    ];

    /// <returns>The longest text that the schema allows; null if the schema is not for free text.</returns>
    public static string? Longest(JsonNode rules, string name) =>
        rules["maxLength"] is { } most && (rules["pattern"] is null || IsOneLine(rules))
            ? TextOf(rules, name, (int)most)
            : null;

    public static JsonNode Follow(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!)
            : schema;

    private static JsonNode Value(JsonNode document, string name, JsonNode given)
    {
        var rules = Follow(document, given);
        if (rules["enum"] is JsonArray values)
            return values[0]!.DeepClone();
        return ((string?)rules["type"], (string?)rules["format"], name) switch
        {
            ("array", _, _) => Items(document, rules, 1),
            ("object", _, _) => Valid(document, rules),
            ("integer", _, _) => (long?)rules["minimum"] ?? 1,
            (_, "uuid", _) => Id,
            (_, "date-time", _) => "2040-01-01T00:00:00Z",
            (_, "email", _) => "ada@example.com",
            (_, _, "currency") => "usd",
            (_, _, "timezone") => "UTC",
            (_, _, "url") => "https://example.com/hook",
            _ => "Text",
        };
    }

    private static bool IsOneLine(JsonNode rules) =>
        (string?)rules["pattern"] == TextRules.OneLinePattern;

    private static JsonArray Items(JsonNode document, JsonNode rules, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Value(document, "", rules["items"]!))];

    private static string TextOf(JsonNode rules, string name, int length) =>
        ((string?)rules["format"], name) switch
        {
            ("email", _) => $"a@{HostOf(length - 6)}.com",
            (_, "url") => "https://example.com/".PadRight(length, 'a'),
            _ => new string('a', length),
        };

    private static string HostOf(int length) => string.Concat(Enumerable.Range(1, length)
        .Select(position => position % 60 == 0 && position < length ? '.' : 'a'));

    private static IEnumerable<JsonNode?> If(JsonNode? rule, Func<JsonNode, JsonNode?> make) =>
        rule is not null && make(rule) is { } value ? [value] : [];
}
