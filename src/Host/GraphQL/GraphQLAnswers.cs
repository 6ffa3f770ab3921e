using System.Buffers;
using System.Text.Json;
using Equaticket.RestFacade.Http;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>Writes results as the GraphQL-over-HTTP specification says.</summary>
internal sealed class GraphQLAnswers : IErrorFormat
{
    private const string Json = "application/json";
    private const string GraphQLJson = "application/graphql-response+json";
    private const int MaxErrors = 10;

    /// <summary>The answer to errors that arise before an operation is executed.</summary>
    public Answer Render(HttpContext http, ApiError error) => Render(http, [error], data: null);

    public static Answer Render(HttpContext http, ExecutionResult result) =>
        Render(http, [.. result.Errors ?? []], result);

    public static Answer Render(
        HttpContext http, IReadOnlyList<ExecutionError> errors, ExecutionResult? data)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            json.WriteStartObject();
            if (errors.Count > 0)
                WriteErrors(json, errors, http.TraceIdentifier);
            if (data is { Executed: true })
                WriteData(json, data.Data as ExecutionNode);
            json.WriteStartObject("extensions");
            json.WriteString("requestId", http.TraceIdentifier);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var mediaType = MediaType(http.Request);
        var apiErrors = errors.Select(InputErrors.ToApiError).ToList();
        return new Answer(
            Status(apiErrors, data, mediaType), $"{mediaType}; charset=utf-8", body.WrittenMemory)
        {
            RetryAfter = apiErrors.FirstOrDefault()?.RetryAfter,
            Error = apiErrors.FirstOrDefault()?.ErrorCode,
        };
    }

    /// <summary>
    /// Once something was executed the answer is 200, whatever became of it. A refused request keeps
    /// its status, but for what clients of plain JSON expect: they read bad documents from a 200.
    /// </summary>
    private static int Status(List<ApiError> errors, ExecutionResult? data, string mediaType)
    {
        if (errors.Count == 0 || data is { Executed: true })
            return StatusCodes.Status200OK;
        var code = errors[0].ErrorCode;
        return code == ErrorCode.ValidationError && data is not null && mediaType == Json
            ? StatusCodes.Status200OK
            : code.HttpStatus();
    }

    private static string MediaType(HttpRequest request) =>
        request.GetTypedHeaders().Accept
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value)
            .FirstOrDefault(type => type is Json or GraphQLJson) ?? Json;

    private static void WriteData(Utf8JsonWriter json, ExecutionNode? data)
    {
        json.WritePropertyName("data");
        if (data is null)
            json.WriteNullValue();
        else
            new ResultJson(json, useWireNames: false).Write(data);
    }

    private static void WriteErrors(
        Utf8JsonWriter json, IEnumerable<ExecutionError> errors, string requestId)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors.Take(MaxErrors))
            WriteError(json, error, InputErrors.ToApiError(error), requestId);
        json.WriteEndArray();
    }

    private static void WriteError(
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
