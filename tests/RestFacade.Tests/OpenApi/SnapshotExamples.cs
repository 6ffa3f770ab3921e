using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equaticket.Testing.OpenApi;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>Reads the snapshots of this project as examples for the OpenAPI document.</summary>
internal static partial class SnapshotExamples
{
    private static readonly (string Mask, string Text)[] Values =
    [
        ("<request id>", "req_4fJ0cQm7Zt2VbXk9LrYw1Hsd"),
        ("<payment>", "test_019e9c3a7e4070008000000000000001"),
        ("<cursor>", "eyJjcmVhdGVkX2F0IjoiMjAyNi0wNi0wNlQwOTozMDowMC4wMDAwMDBaIn0="),
        ("<webhook secret>", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="),
        ("<message id>", "evt_019e9c3a7e407000800000000000000a"),
        ("<ticket code>", "K7M2QX9P"),
        ("<test payment>", "test_019e9c3a7e4070008000000000000001"),
        ("<org>", "harbour-hall"),
        ("http://<host>", "https://app.equaticket.com"),
        ("<now>", "2026-06-06T09:30:00.000Z"),
        ("<secret>", "…"),
        ("<last four>", "1Hsd"),
        ("<ms>", "12"),
    ];

    /// <returns>The unmodified snapshots of this project, in a stable order.</returns>
    public static IReadOnlyList<string> Texts() =>
    [
        .. Directory.EnumerateFiles(
            Repository.File("tests/RestFacade.Tests"), "*.snap", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "__snapshots__")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    /// <returns>Examples by the name of their schema or by their error code, in a stable order.</returns>
    public static ILookup<string, JsonNode> Read() =>
        Texts()
            .Select(Body)
            .OfType<JsonObject>()
            .SelectMany(Parts)
            .SelectMany(body => NamesOf(body).Select(name => (Name: name, Body: body)))
            .ToLookup(example => example.Name, example => (JsonNode)example.Body);

    /// <summary>The body after the status line and headers, with masks replaced by values.</summary>
    private static JsonNode? Body(string snapshot)
    {
        var start = snapshot.IndexOf("\n\n", StringComparison.Ordinal);
        if (!snapshot.StartsWith("HTTP ", StringComparison.Ordinal) || start < 0)
            return null;
        var body = Values.Aggregate(
            snapshot[start..].Trim(), (text, value) => text.Replace(value.Mask, value.Text));
        body = Id().Replace(body, id =>
            $"019e9c3a-7e40-7000-8000-{id.Groups["number"].Value.PadLeft(12, '0')}");
        return body.StartsWith('{') ? JsonNode.Parse(body) : null;
    }

    /// <summary>A response and, for a list, its rows.</summary>
    private static IEnumerable<JsonObject> Parts(JsonObject body) =>
        [body, .. body["data"] is JsonArray rows ? rows.OfType<JsonObject>() : []];

    private static IEnumerable<string> NamesOf(JsonObject body)
    {
        if ((string?)body["error"]?["code"] is { } code)
            return [code];
        var (description, schemas) = (ApiDescription.Committed, ApiDescription.Committed.Schemas);
        return description.AnswerNames.Where(name =>
            !schemas.Faults(body, schemas.Resolve($"#/components/schemas/{name}")).Any());
    }

    [GeneratedRegex("<id (?<number>\\d+)>")]
    private static partial Regex Id();
}
