using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>A request as defined by the GraphQL-over-HTTP specification.</summary>
internal sealed record GraphQLRequest(string? OperationName, Dictionary<string, object?> Variables)
{
    /// <summary>The text of the document; null if only <see cref="Reference"/> was sent.</summary>
    public string? Query { get; private init; }

    /// <summary>The hash of the document; null if only the text was sent.</summary>
    public DocumentReference? Reference { get; private init; }

    /// <summary>The variables in canonical form, to compare requests.</summary>
    public required string CanonicalVariables { get; init; }

    /// <exception cref="ApiError">The body is not a valid request.</exception>
    public static GraphQLRequest Read(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array)
            throw ApiError.Validation(null, "Batches are not supported. Send one request at a time.");
        if (body.ValueKind != JsonValueKind.Object)
            throw ApiError.Validation(null, "The body must be a JSON object with a query.");
        var (query, reference) = (Text(body, "query"), ReadReference(body));
        var variables = Object(body, "variables");
        var request = new GraphQLRequest(
            Text(body, "operationName"),
            variables is { } given ? GraphQLVariables.Read(given) : [])
        {
            // Typed clients that always send a text send an empty one with the hash.
            Query = query is "" && reference is not null ? null : query,
            Reference = reference,
            CanonicalVariables = CanonicalJson.Write(variables ?? default),
        };
        return request is { Query: null, Reference: null }
            ? throw ApiError.Validation("query", "This is required.")
            : request;
    }

    private static DocumentReference? ReadReference(JsonElement body)
    {
        var extensions = Object(body, "extensions");
        if (Text(body, DocumentReference.Field) is { } id)
            return DocumentReference.FromId(id);
        return extensions is { } given ? DocumentReference.FromExtensions(given) : null;
    }

    private static string? Text(JsonElement body, string name) =>
        Member(body, name, JsonValueKind.String, "a string")?.GetString();

    private static JsonElement? Object(JsonElement body, string name) =>
        Member(body, name, JsonValueKind.Object, "an object");

    private static JsonElement? Member(JsonElement body, string name, JsonValueKind kind, string noun)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == kind ? value : throw ApiError.Validation(name, $"This must be {noun}.");
    }
}

/// <summary>Converts the JSON variables of a request to the values that GraphQL.NET coerces.</summary>
internal static class GraphQLVariables
{
    /// <remarks>The path of a value inside an input object starts below that object.</remarks>
    /// <exception cref="ApiError">A string contains U+0000 or an unpaired surrogate.</exception>
    public static Dictionary<string, object?> Read(JsonElement json) =>
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
        : throw ApiError.Validation(path, "Text must not contain U+0000 or unpaired surrogates.");

    /// <summary>A number is an integer only if it is written as one: 25.0 is not.</summary>
    private static object Number(JsonElement json)
    {
        if (json.TryGetInt32(out var small))
            return small;
        return json.TryGetInt64(out var large) ? (object)large : json.GetDouble();
    }
}
