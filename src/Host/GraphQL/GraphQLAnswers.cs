using System.Buffers;
using System.Text.Json;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>Writes results in the format of the GraphQL-over-HTTP specification.</summary>
internal sealed class GraphQLAnswers : IErrorFormat
{
    /// <summary>The response to an error that occurs before an operation executes.</summary>
    public static Answer Render(HttpContext http, ApiError error) =>
        Render(http, [error], Stage.Request, data: null);

    Answer IErrorFormat.Render(HttpContext http, ApiError error) => Render(http, error);

    /// <summary>The response to a document that is invalid against the schema.</summary>
    public static Answer Render(HttpContext http, InvalidDocumentException fault) =>
        Render(http, fault.Errors, Stage.Document, data: null);

    public static Answer Render(HttpContext http, ExecutionResult result) => Render(
        http,
        [.. result.Errors ?? []],
        result.Executed ? Stage.Executed : Stage.Document,
        result.Data as ExecutionNode,
        result.Extensions);

    /// <summary>The response to a request for only the cost: just extensions, since nothing is executed.</summary>
    public static Answer RenderCost(HttpContext http) => Render(http, [], Stage.Request, data: null);

    /// <summary>The response that makes Apollo's clients resend the hash with the text.</summary>
    public static Answer RenderUnknownDocument(HttpContext http)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            json.WriteStartObject();
            ErrorJson.WriteUnknownDocument(json, http.TraceIdentifier);
            WriteExtensions(json, http);
            json.WriteEndObject();
        }

        var status = StatusPolicy.Of(
            Stage.UnknownDocument, error: null, MediaTypes.OfAnswer(http.Request));
        return Of(http, status, body.WrittenMemory);
    }

    private static Answer Render(
        HttpContext http,
        IReadOnlyList<ExecutionError> errors,
        Stage stage,
        ExecutionNode? data,
        Dictionary<string, object?>? extensions = null)
    {
        using var body = new RentedBuffer();
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            json.WriteStartObject();
            if (errors.Count > 0)
                ErrorJson.Write(json, errors, http.TraceIdentifier);
            if (stage == Stage.Executed)
                WriteData(json, data);
            WriteExtensions(json, http, extensions);
            json.WriteEndObject();
        }

        var first = errors.Count > 0 ? InputErrors.ToApiError(errors[0]) : null;
        var status = StatusPolicy.Of(
            stage, first?.ErrorCode, MediaTypes.OfAnswer(http.Request));
        return Of(http, status, body.ToArray()) with
        {
            RetryAfter = first?.RetryAfter,
            Error = first?.ErrorCode,
        };
    }

    private static Answer Of(HttpContext http, int status, ReadOnlyMemory<byte> body) =>
        new(status, $"{MediaTypes.OfAnswer(http.Request)}; charset=utf-8", body);

    private static void WriteExtensions(
        Utf8JsonWriter json, HttpContext http, Dictionary<string, object?>? further = null)
    {
        json.WriteStartObject("extensions");
        json.WriteString("requestId", http.TraceIdentifier);
        foreach (var (name, text) in further ?? [])
            json.WriteString(name, (string?)text);
        if (http.Features.Get<RequestedCost>() is { } cost)
        {
            json.WriteStartObject("cost");
            json.WriteNumber("requested", cost.Requested);
            json.WriteNumber("limit", cost.Limit);
            json.WriteEndObject();
        }

        json.WriteEndObject();
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
