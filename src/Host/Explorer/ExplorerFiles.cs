using System.IO.Compression;
using Equaticket.Http;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.Explorer;

/// <summary>
/// The scripts, styles, and licenses of the page, embedded in the program. Their sources are in
/// <c>Explorer/web</c>.
/// </summary>
internal static class ExplorerFiles
{
    public const string Path = "/graphql/explorer";

    private const string Prefix = "explorer/";
    private const string Packed = ".gz";
    private const string Encoding = "gzip";

    public static void MapExplorerFiles(this IEndpointRouteBuilder endpoints)
    {
        foreach (var resource in typeof(ExplorerFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var name = resource[Prefix.Length..^Packed.Length];
            var packed = Read(resource);
            var (small, plain) = (
                new StaticAnswer(TypeOf(name), packed), new Lazy<StaticAnswer>(() =>
                    new StaticAnswer(TypeOf(name), Unpack(packed))));
            endpoints.MapMethods($"{Path}/{name}", ["GET", "HEAD"], http => SendAsync(http, small, plain));
        }
    }

    private static Task SendAsync(HttpContext http, StaticAnswer packed, Lazy<StaticAnswer> plain)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "public, no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (!http.Request.GetTypedHeaders().AcceptEncoding.Any(accepted =>
            accepted.Value == Encoding && accepted.Quality is not 0))
            return plain.Value.SendAsync(http);
        headers.ContentEncoding = Encoding;
        return packed.SendAsync(http);
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    private static byte[] Read(string resource)
    {
        using var stream = typeof(ExplorerFiles).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
