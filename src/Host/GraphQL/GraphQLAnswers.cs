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
    /// <summary>The answer to errors that arise before an operation is executed.</summary>
    public Answer Render(HttpContext http, ApiError error) =>
        Render(http, [error], Stage.Request, data: null);

    /// <summary>The answer to a document that the schema refuses.</summary>
    public static Answer Render(HttpContext http, InvalidDocumentException fault) =>
        Render(http, fault.Errors, Stage.Document, data: null);

    public static Answer Render(HttpContext http, ExecutionResult result) => Render(
        http,
        [.. result.Errors ?? []],
        result.Executed ? Stage.Executed : Stage.Document,
        result.Data as ExecutionNode);

    private static Answer Render(
        HttpContext http, IReadOnlyList<ExecutionError> errors, Stage stage, ExecutionNode? data)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            json.WriteStartObject();
            if (errors.Count > 0)
                ErrorJson.Write(json, errors, http.TraceIdentifier);
            if (stage == Stage.Executed)
                WriteData(json, data);
            json.WriteStartObject("extensions");
            json.WriteString("requestId", http.TraceIdentifier);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var mediaType = MediaTypes.OfAnswer(http.Request);
        var first = errors.Count > 0 ? InputErrors.ToApiError(errors[0]) : null;
        return new Answer(
            StatusPolicy.Of(stage, first?.ErrorCode, mediaType),
            $"{mediaType}; charset=utf-8",
            body.WrittenMemory)
        {
            RetryAfter = first?.RetryAfter,
            Error = first?.ErrorCode,
        };
    }

    private static void WriteData(Utf8JsonWriter json, ExecutionNode? data)
    {
        json.WritePropertyName("data");
        if (data is null)
            json.WriteNullValue();
        else
            new ResultJson(json, useWireNames: false).Write(data);
    }
}
