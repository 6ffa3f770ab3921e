using System.Text.Json.Nodes;

namespace Equaticket.Testing.OpenApi;

/// <summary>The committed <c>openapi.json</c>, to find out what it says of an answer.</summary>
public sealed class ApiDescription(JsonNode document)
{
    private static readonly Lazy<ApiDescription> One = new(() =>
        new ApiDescription(JsonNode.Parse(File.ReadAllText(Repository.File("openapi.json")))!));

    public static ApiDescription Committed => One.Value;

    public JsonSchema Schemas { get; } = new(document);

    /// <summary>The headers that the document knows; others say nothing about the API.</summary>
    public IEnumerable<string> HeaderNames =>
        document["components"]!["headers"]!.AsObject().Select(header => header.Key);

    /// <summary>The schemas of single resources, which are the ones that have an id.</summary>
    public IEnumerable<string> ResourceNames =>
        document["components"]!["schemas"]!.AsObject()
            .Where(schema => schema.Value!["properties"]?["id"] is not null)
            .Select(schema => schema.Key);

    public JsonNode ErrorEnvelope => Schemas.Resolve("#/components/schemas/ErrorEnvelope");

    /// <returns>The path of the document that an address belongs to, or null.</returns>
    public JsonNode? FindPath(string address)
    {
        var given = (address.EndsWith('/') ? address[..^1] : address).Split('/');
        return document["paths"]!.AsObject()
            .Where(path => Matches(path.Key.Split('/'), given))
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => path.Value)
            .FirstOrDefault();
    }

    /// <returns>The answer that the operation may give with this status, or null.</returns>
    public JsonNode? FindResponse(JsonNode operation, int status) =>
        operation["responses"]![$"{status}"] is { } response ? Follow(response) : null;

    /// <returns>The node itself, or the one that it refers to.</returns>
    public JsonNode Follow(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? Schemas.Resolve(reference) : node;

    private static bool Matches(string[] template, string[] given) =>
        template.Length == given.Length && template.Zip(given).All(pair =>
            pair.First.StartsWith('{')
                ? pair.Second.Length > 0
                : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
