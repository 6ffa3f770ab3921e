using System.IO.Compression;
using Equaticket.Schema.Execution;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Compresses responses to queries. Short ones are not worth it.
/// </summary>
/// <remarks>
/// Never compresses responses to mutations: only those contain secrets (a new key) next to text from the caller,
/// and the compressed length could reveal the secret (BREACH). Another site can't trigger them anyway: keys
/// are not cookies, and sessions require a header that it can't send (<see cref="CrossSiteGuard"/>).
/// </remarks>
internal static class AnswerCompression
{
    public const int MinBytes = 1024;

    private const string Brotli = "br";
    private const string Gzip = "gzip";
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 18;

    /// <returns>The response in an accepted encoding, as declared in its headers.</returns>
    public static Answer Compress(HttpContext http, Answer answer)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (answer.Body.Length < MinBytes || Encoding(http.Request) is not { } encoding)
            return answer;
        http.Response.Headers.ContentEncoding = encoding;
        return answer with { Body = encoding == Brotli ? Brotlied(answer.Body) : Gzipped(answer.Body) };
    }

    private static string? Encoding(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding
            .Where(encoding => encoding.Quality is not 0)
            .Select(encoding => (Name: encoding.Value.Value, Quality: encoding.Quality ?? 1))
            .Where(encoding => encoding.Name is Brotli or Gzip)
            .OrderByDescending(encoding => encoding.Quality)
            .ThenByDescending(encoding => encoding.Name == Brotli)
            .FirstOrDefault().Name;

    private static ReadOnlyMemory<byte> Brotlied(ReadOnlyMemory<byte> body)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(
            body.Span, packed, out var length, BrotliQuality, BrotliWindow)
            ? packed.AsMemory(0, length)
            : throw new InvalidOperationException("The buffer for Brotli was too small.");
    }

    private static ReadOnlyMemory<byte> Gzipped(ReadOnlyMemory<byte> body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body.Span);
        return packed.ToArray();
    }
}
