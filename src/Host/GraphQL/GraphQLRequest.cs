using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>A request of the GraphQL-over-HTTP specification.</summary>
internal sealed record GraphQLRequest(string? OperationName, Dictionary<string, object?> Variables)
{
    /// <summary>The text of the document; null if <see cref="Reference"/> identifies it alone.</summary>
    public string? Query { get; private init; }

    /// <summary>The document by its hash; null if only the text was sent.</summary>
    public DocumentReference? Reference { get; private init; }

    /// <summary>The variables in the form in which two requests are compared.</summary>
    public required string CanonicalVariables { get; init; }

    /// <exception cref="ApiError">The body is not a valid request.</exception>
    public static GraphQLRequest Read(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array)
            throw ApiError.Validation(null, "Batches are not supported. Send one request at a time.");
        if (body.ValueKind != JsonValueKind.Object)
            throw ApiError.Validation(null, "The body must be a JSON object with a query.");
        var (query, reference) = (Text(body, "query"), ReadReference(body));
        var variables = RequireObject(body, "variables");
        var request = new GraphQLRequest(
            Text(body, "operationName"),
            variables is { } given ? GraphQLVariables.Read(given) : [])
        {
            // Typed clients that must send a text send an empty one with the hash.
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
        var extensions = RequireObject(body, "extensions");
        if (Text(body, DocumentReference.Field) is { } id)
            return DocumentReference.FromId(id);
        return extensions is { } given ? DocumentReference.FromExtensions(given) : null;
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
}
