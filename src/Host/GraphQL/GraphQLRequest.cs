using System.Text.Json;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Idempotency;
using Equaticket.Schema.Scalars;

namespace Equaticket.Host.GraphQL;

/// <summary>A request of the GraphQL-over-HTTP specification.</summary>
internal sealed record GraphQLRequest(
    string Query, string? OperationName, Dictionary<string, object?> Variables)
{
    /// <summary>The variables in the form in which two requests are compared.</summary>
    public required string CanonicalVariables { get; init; }

    /// <exception cref="ApiError">The body is no such request.</exception>
    public static GraphQLRequest Read(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array)
            throw ApiError.Validation(null, "Batches are not supported. Send one request at a time.");
        if (body.ValueKind != JsonValueKind.Object)
            throw ApiError.Validation(null, "The body must be a JSON object with a query.");
        RequireObject(body, "extensions");
        var variables = RequireObject(body, "variables");
        return new GraphQLRequest(
            Text(body, "query") ?? throw ApiError.Validation("query", "This is required."),
            Text(body, "operationName"),
            variables is { } given ? ReadVariables(given) : [])
        {
            CanonicalVariables = CanonicalJson.Write(variables ?? default),
        };
    }

    private static string? Text(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw ApiError.Validation(name, "This must be a string.");
    }

    private static JsonElement? RequireObject(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Object
            ? value
            : throw ApiError.Validation(name, "This must be an object.");
    }

    /// <remarks>A path that starts in an input object is told from there on.</remarks>
    private static Dictionary<string, object?> ReadVariables(JsonElement json) =>
        json.EnumerateObject().ToDictionary(
            variable => Sound(variable.Name, "variables"),
            variable => variable.Value.ValueKind == JsonValueKind.Object
                ? Members(variable.Value, "")
                : Value(variable.Value, variable.Name));

    private static Dictionary<string, object?> Members(JsonElement json, string prefix) =>
        json.EnumerateObject().ToDictionary(
            member => Sound(member.Name, "variables"),
            member => Value(member.Value, prefix + member.Name));

    private static object? Value(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => Members(json, $"{path}."),
        JsonValueKind.Array => json.EnumerateArray()
            .Select((item, index) => Value(item, $"{path}[{index}]")).ToList(),
        JsonValueKind.String => Sound(json.GetString()!, path),
        JsonValueKind.Number => Number(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string Sound(string text, string path) => TextRules.IsSound(text)
        ? text
        : throw ApiError.Validation(path, "Text must not hold U+0000 or unpaired surrogates.");

    /// <summary>A number is whole only when it is written so: 25.0 is no integer.</summary>
    private static object Number(JsonElement json)
    {
        if (json.TryGetInt32(out var small))
            return small;
        return json.TryGetInt64(out var large) ? large : json.GetDouble();
    }
}
