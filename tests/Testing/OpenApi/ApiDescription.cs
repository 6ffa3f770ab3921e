using System.Globalization;
using System.Text.Json.Nodes;

namespace Equaticket.Testing.OpenApi;

/// <summary>The committed <c>openapi.json</c>, to look up the documentation of a response.</summary>
public sealed class ApiDescription(JsonNode document)
{
    private const string Json = "application/json";

    private static readonly Lazy<ApiDescription> One = new(() =>
        new ApiDescription(JsonNode.Parse(File.ReadAllText(Repository.File("openapi.json")))!));

    public static ApiDescription Committed => One.Value;

    public JsonSchema Schemas { get; } = new(document);

    /// <summary>The documented headers; others are not part of the API.</summary>
    public IEnumerable<string> HeaderNames =>
        document["components"]!["headers"]!.AsObject().Select(header => header.Key);

    /// <summary>The documented statuses of all operations.</summary>
    public IEnumerable<int> Statuses =>
        Operations.SelectMany(operation => operation["responses"]!.AsObject())
            .Select(response => int.Parse(response.Key, CultureInfo.InvariantCulture)).Distinct();

    /// <summary>The schemas of successful responses; for a list, the schema of its rows.</summary>
    public IEnumerable<string> AnswerNames =>
        Operations.SelectMany(operation => operation["responses"]!.AsObject())
            .Where(response => response.Key[0] == '2')
            .Select(response => (string?)response.Value!["content"]?[Json]?["schema"]?["$ref"])
            .OfType<string>()
            .Select(answer =>
                (string?)Schemas.Resolve(answer)["properties"]!["data"]?["items"]?["$ref"] ?? answer)
            .Select(answer => answer[(answer.LastIndexOf('/') + 1)..])
            .Distinct();

    private IEnumerable<JsonNode> Operations =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!)
            .Where(operation => operation is JsonObject members && members.ContainsKey("responses"));

    public JsonNode ErrorEnvelope => Schemas.Resolve("#/components/schemas/ErrorEnvelope");

    /// <returns>The documented path that matches the URL path, or null.</returns>
    public JsonNode? FindPath(string address)
    {
        var given = (address.EndsWith('/') ? address[..^1] : address).Split('/');
        return document["paths"]!.AsObject()
            .Where(path => Matches(path.Key.Split('/'), given))
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => path.Value)
            .FirstOrDefault();
    }

    /// <returns>The documented response of the operation with this status, or null.</returns>
    public JsonNode? FindResponse(JsonNode operation, int status) =>
        operation["responses"]![$"{status}"] is { } response ? Follow(response) : null;

    /// <returns>The node, or the one that it references.</returns>
    public JsonNode Follow(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? Schemas.Resolve(reference) : node;

    private static bool Matches(string[] template, string[] given) =>
        template.Length == given.Length && template.Zip(given).All(pair =>
            pair.First.StartsWith('{')
                ? pair.Second.Length > 0
                : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
