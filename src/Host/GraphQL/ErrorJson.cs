using System.Text.Json;
using Equaticket.Schema.Errors;
using GraphQL;

namespace Equaticket.Host.GraphQL;

/// <summary>Writes errors as the GraphQL specification says, with the API's own code and parameter.</summary>
internal static class ErrorJson
{
    private const int MaxErrors = 10;

    public static void Write(
        Utf8JsonWriter json, IEnumerable<ExecutionError> errors, string requestId)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors.Take(MaxErrors))
            Write(json, error, InputErrors.ToApiError(error), requestId);
        json.WriteEndArray();
    }

    private static void Write(
        Utf8JsonWriter json, ExecutionError place, ApiError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("message", error.Message);
        WriteLocations(json, place);
        WritePath(json, place);
        json.WriteStartObject("extensions");
        json.WriteString("code", error.ErrorCode.WireName());
        if (error.Param is { } param)
            json.WriteString("param", param);
        json.WriteString("docUrl", ApiError.DocUrl);
        json.WriteString("requestId", requestId);
        json.WriteEndObject();
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
