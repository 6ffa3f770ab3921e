using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>
/// Objects are closed: what is not named is neither taken nor sent. Only what webhooks receive is open.
/// </summary>
internal static class ObjectSchemas
{
    public static JsonObject Of(
        string? description, JsonObject properties, IEnumerable<string> required)
    {
        var schema = new JsonObject { ["type"] = "object" };
        if (description is not null)
            schema["description"] = RestWording.Of(description);
        schema["additionalProperties"] = false;
        var names = required.ToJsonArray();
        if (names.Count > 0)
            schema["required"] = names;
        schema["properties"] = properties;
        return schema;
    }

    /// <summary>An object of an answer: every member is always there.</summary>
    public static JsonObject Full(string? description, JsonObject properties) =>
        Of(description, properties, properties.Select(property => property.Key));
}
