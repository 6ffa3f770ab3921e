using System.Text.Json;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Idempotency;

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
            variables is { } given ? GraphQLVariables.Read(given) : [])
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
}
