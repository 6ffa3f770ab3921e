using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Equaticket.RestFacade.Binding;

/// <summary>Reads request bodies, strictly and up to a limit.</summary>
public static class RequestBody
{
    /// <summary>The maximum size of a body in bytes.</summary>
    public const int Limit = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <returns>The bytes of the body; empty if there is none.</returns>
    /// <exception cref="ApiError">
    /// The body is larger than <see cref="Limit"/>, or its media type is not JSON.
    /// </exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return default;
        if (request.ContentLength > Limit)
            throw await RefuseAsync(request, cancellationToken);
        using var buffer = new RentedBuffer();
        while (await request.Body.ReadAsync(buffer.GetMemory(), cancellationToken) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.WrittenSpan.Length > Limit)
                throw await RefuseAsync(request, cancellationToken);
        }

        var bytes = buffer.ToArray();
        return bytes.Length > 0 && Refusal(request) is { } refusal ? throw refusal : bytes;
    }

    /// <summary>Parses JSON. Ignores a leading byte order mark.</summary>
    /// <returns>The document, or null if there are no bytes.</returns>
    /// <exception cref="ApiError">The body is not JSON, or an object has a duplicate member.</exception>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.IsEmpty)
            return null;
        try
        {
            if (Utf8.IsValid(bytes.Span))
                return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException fault)
        {
            throw ApiError.Validation(null, Describe(fault));
        }
        catch (InvalidOperationException)
        {
            throw ApiError.Validation(null, "The body contains unpaired surrogates.");
        }

        throw ApiError.Validation(null, "The body is not UTF-8.");
    }

    /// <summary>
    /// Reads the rest of the body, as far as the web server allows, because a client that is cut off while
    /// sending may never see the error.
    /// </summary>
    private static async Task<ApiError> RefuseAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (BadHttpRequestException)
        {
            // Far too large: the server closes the connection.
        }

        return ApiError.PayloadTooLarge(Limit);
    }

    private static ApiError? Refusal(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            || !IsPlain(request.Headers.ContentEncoding))
            return ApiError.UnsupportedMediaType();
        var charset = type.CharSet?.Trim('"') ?? "utf-8";
        return charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? null
            : ApiError.UnsupportedCharset(charset);
    }

    private static bool IsPlain(IReadOnlyList<string?> encodings) => encodings is [] or ["" or "identity"];

    private static string Describe(JsonException fault) =>
        fault is { LineNumber: { } line, BytePositionInLine: { } position }
            ? $"The body is not valid JSON at line {line + 1}, byte {position + 1}."
            : "The body is not valid JSON, or an object has a duplicate key.";
}
