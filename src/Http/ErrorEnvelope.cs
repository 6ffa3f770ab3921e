using System.Buffers;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>The format of every error of the REST API (guide, "Error responses").</summary>
public static class ErrorEnvelope
{
    public const string ContentType = "application/json";

    /// <param name="error">The error; its parameter is named as in the request.</param>
    /// <param name="requestId">The request id, which support uses to find it.</param>
    public static Answer Render(ApiError error, string requestId)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", error.ErrorCode.WireName());
            json.WriteString("message", error.Message);
            json.WriteString("request_id", requestId);
            if (error.Param is { } param)
                json.WriteString("param", param);
            json.WriteString("doc_url", ApiError.DocUrl);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new Answer(error.ErrorCode.HttpStatus(), ContentType, body.WrittenMemory)
        {
            RetryAfter = error.RetryAfter,
            Error = error.ErrorCode,
            ErrorParam = error.Param,
        };
    }
}

/// <summary>How an endpoint formats errors outside an operation. The default is the REST format.</summary>
public interface IErrorFormat
{
    Answer Render(HttpContext http, ApiError error);
}
