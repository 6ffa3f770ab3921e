using System.Text.Json;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using GraphQL;

namespace Equaticket.Host.GraphQL;

/// <summary>Writes errors in the format of the GraphQL specification, with the API's code and parameter.</summary>
internal static class ErrorJson
{
    public static void Write(
        Utf8JsonWriter json, IEnumerable<ExecutionError> errors, string requestId)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors.Take(ErrorLimit.MaxErrors))
            Write(json, error, InputErrors.ToApiError(error), requestId);
        json.WriteEndArray();
    }

    /// <summary>Writes the message and code that Apollo's clients expect.</summary>
    public static void WriteUnknownDocument(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("message", "PersistedQueryNotFound");
        WriteExtensions(json, "PERSISTED_QUERY_NOT_FOUND", param: null, requestId);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Write(
        Utf8JsonWriter json, ExecutionError place, ApiError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("message", error.Message);
        WriteLocations(json, place);
        WritePath(json, place);
        WriteExtensions(json, error.ErrorCode.WireName(), error.Param, requestId);
        json.WriteEndObject();
    }

    private static void WriteExtensions(
        Utf8JsonWriter json, string code, string? param, string requestId)
    {
        json.WriteStartObject("extensions");
        json.WriteString("code", code);
        if (param is not null)
            json.WriteString("param", param);
        json.WriteString("docUrl", ApiError.DocUrl);
        json.WriteString("requestId", requestId);
        json.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter json, ExecutionError error)
    {
        if (error.Locations is not { Count: > 0 } locations)
            return;
        json.WriteStartArray("locations");
        foreach (var location in locations)
        {
            json.WriteStartObject();
            json.WriteNumber("line", location.Line);
            json.WriteNumber("column", location.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, ExecutionError error)
    {
        if (error.Path is null)
            return;
        json.WriteStartArray("path");
        foreach (var step in error.Path)
        {
            if (step is int index)
                json.WriteNumberValue(index);
            else
                json.WriteStringValue(step.ToString());
        }

        json.WriteEndArray();
    }
}
