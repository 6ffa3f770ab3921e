using System.Buffers;
using System.Text;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Binding;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Host.GraphQL;

/// <summary>Reads a request from the body of a POST or the query string of a GET.</summary>
internal static class RequestReading
{
    private static readonly string[] Texts = ["query", "operationName", "documentId"];
    private static readonly string[] Objects = ["variables", "extensions"];

    /// <exception cref="ApiError">The request is malformed, too large, or of another media type.</exception>
    public static async Task<GraphQLRequest> ReadAsync(HttpRequest http)
    {
        var bytes = HttpMethods.IsPost(http.Method)
            ? await RequestBody.ReadAsync(http, http.HttpContext.RequestAborted)
            : AsJson(http);
        using var body = RequestBody.Parse(bytes)
            ?? throw ApiError.Validation(null, "Send a JSON object with a query.");
        try
        {
            return GraphQLRequest.Read(body.RootElement);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json detects unpaired surrogates only when a string is read.
            throw ApiError.Validation(null, "The request contains unpaired surrogates.");
        }
    }

    /// <summary>Converts the parameters to the equivalent POST body, so that both are read the same way.</summary>
    private static ReadOnlyMemory<byte> AsJson(HttpRequest http)
    {
        QueryText.RequireUtf8(http);
        var parameters = http.Query;
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        foreach (var name in Texts)
        {
            if (Single(parameters, name) is { } text)
                json.WriteString(name, text);
        }

        foreach (var name in Objects)
        {
            if (Single(parameters, name) is { } text)
                WriteObject(json, name, text);
        }

        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteObject(Utf8JsonWriter json, string name, string text)
    {
        try
        {
            using var value = RequestBody.Parse(Encoding.UTF8.GetBytes(text));
            json.WritePropertyName(name);
            value!.RootElement.WriteTo(json);
        }
        catch (ApiError)
        {
            throw ApiError.Validation(name, "This must be a JSON object.");
        }
    }

    private static string? Single(IQueryCollection parameters, string name)
    {
        var given = parameters[name];
        if (given.Count > 1)
            throw ApiError.Validation(name, "Send this parameter only once.");
        return StringValues.IsNullOrEmpty(given) ? null : (string?)given;
    }
}
