using System.Text.Json.Nodes;
using Equaticket.Engine.Input;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Collects the schemas that have a name, so that each is written once.</summary>
internal sealed class SchemaComponents
{
    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    /// <returns>A reference to the schema of that name.</returns>
    /// <exception cref="InvalidOperationException">Another schema has the name.</exception>
    public JsonObject Add(string name, JsonObject schema)
    {
        if (!_schemas.TryAdd(name, schema) && !JsonNode.DeepEquals(_schemas[name], schema))
            throw new InvalidOperationException($"OpenAPI: two schemas are called {name}.");
        return Reference.To("schemas", name);
    }

    public JsonObject Find(string name) => _schemas[name];

    public JsonObject ToJson() => new(_schemas.Select(pair =>
        KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
}

internal static class Reference
{
    /// <param name="section">The section of the components: <c>schemas</c>, <c>headers</c>.</param>
    /// <param name="name">The name in that section.</param>
    public static JsonObject To(string section, string name) =>
        new() { ["$ref"] = $"#/components/{section}/{name}" };

    /// <returns>The name that a reference ends in, or null where the schema is none.</returns>
    public static string? NameOf(JsonObject schema) =>
        (string?)schema["$ref"] is { } path ? path[(path.LastIndexOf('/') + 1)..] : null;
}
