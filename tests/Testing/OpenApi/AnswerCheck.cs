using System.Text.Json;
using System.Text.Json.Nodes;

namespace Equaticket.Testing.OpenApi;

/// <summary>
/// Checks a response against the OpenAPI document: its status, headers and body. The body must
/// not contain anything undocumented.
/// </summary>
public sealed class AnswerCheck(ApiDescription description)
{
    private const string JsonType = "application/json";

    /// <returns>The differences; none for responses that are not from the REST API.</returns>
    public IReadOnlyList<string> Faults(ObservedAnswer answer)
    {
        var path = description.FindPath(Resolve(answer.Path));
        var method = answer.IsHead ? "get" : answer.Method.ToLowerInvariant();
        return (path, path?[method]) switch
        {
            _ when IsOfServer(answer) => [],
            (null, _) when answer.Status != 404 || !IsOfApi(answer.Path) => [],
            ({ }, null) when answer.Method == "OPTIONS" => [],
            (_, null) => [.. EnvelopeFaults(answer)],
            (_, { } operation) => [.. Faults(answer, operation)],
        };
    }

    /// <summary>Removes <c>.</c> and <c>..</c> from a path, as the server does before routing.</summary>
    private static string Resolve(string path) =>
        path.Contains("/.", StringComparison.Ordinal)
        || path.Contains("/%2e", StringComparison.OrdinalIgnoreCase)
            ? new Uri($"http://host{path}").AbsolutePath
            : path;

    private static bool IsOfApi(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>
    /// Whether Kestrel itself rejected the request as malformed, such as a URL of 10,000
    /// characters, before the product's code ran.
    /// </summary>
    private static bool IsOfServer(ObservedAnswer answer) =>
        answer is { Status: 400 or 414 or 431, Body.Length: 0 }
        && !answer.Headers.ContainsKey("X-Request-Id");

    private IEnumerable<string> EnvelopeFaults(ObservedAnswer answer)
    {
        if (answer.Status is not (404 or 405 or 500 or 503))
            return [$"{answer.Status} of an unknown operation"];
        return answer.IsHead ? [] : BodyFaults(answer, description.ErrorEnvelope);
    }

    private IEnumerable<string> Faults(ObservedAnswer answer, JsonNode operation)
    {
        if (description.FindResponse(operation, answer.Status) is not { } response)
            return [$"status {answer.Status} is not documented"];
        var faults = HeaderFaults(answer, response);
        if (response["content"]?[JsonType]?["schema"] is not { } schema)
            return answer.Body.Length == 0 ? faults : faults.Append("a body is not documented");
        return answer.IsHead
            ? faults
            : faults.Concat(BodyFaults(answer, schema)).Concat(CodeFaults(answer, response));
    }

    private static IEnumerable<string> CodeFaults(ObservedAnswer answer, JsonNode response)
    {
        if (response["x-error-codes"] is not JsonArray codes
            || Read(answer.Body)?["error"]?["code"] is not { } code
            || codes.Any(documented => JsonNode.DeepEquals(documented, code)))
            return [];
        return [$"the code {code} is not documented for {answer.Status}"];
    }

    private IEnumerable<string> HeaderFaults(ObservedAnswer answer, JsonNode response)
    {
        foreach (var (name, reference) in response["headers"]!.AsObject())
        {
            var header = description.Follow(reference!);
            if (answer.Headers.GetValueOrDefault(name) is { } text)
            {
                foreach (var fault in HeaderFaults(text, header["schema"]!, name))
                    yield return fault;
            }
            else if ((bool?)header["required"] == true)
            {
                yield return $"the header {name} is missing";
            }
        }

        foreach (var name in description.HeaderNames.Where(answer.Headers.ContainsKey))
        {
            if (response["headers"]![name] is null)
                yield return $"the header {name} is not documented here";
        }
    }

    private IEnumerable<string> HeaderFaults(string text, JsonNode schema, string name)
    {
        JsonNode? value = (string?)schema["type"] == "integer" && long.TryParse(text, out var number)
            ? number
            : text;
        return description.Schemas.Faults(value, schema, name);
    }

    private IEnumerable<string> BodyFaults(ObservedAnswer answer, JsonNode schema)
    {
        if (answer.ContentType != JsonType)
            return [$"the content type is {answer.ContentType ?? "not given"}"];
        return Read(answer.Body) is { } body
            ? description.Schemas.Faults(body, schema)
            : ["the body isn't a JSON object"];
    }

    private static JsonObject? Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
