using Equaticket.Host.GraphQL;
using Equaticket.Http;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.Home;

/// <summary>
/// <c>GET /</c>: for a browser a page of links, for other clients the same links as JSON. The page has no
/// script, and its style sheet is a file of its own, so that its content security policy can be strict.
/// </summary>
internal static class HomePage
{
    private const string Path = "/";
    private const string StylePath = "/home.css";
    private const string Methods = "GET, HEAD";

    private const string Policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private static readonly StaticAnswer Page = new("text/html; charset=utf-8", Read("home.html"));
    private static readonly StaticAnswer Style = new("text/css; charset=utf-8", Read("home.css"));

    private static readonly StaticAnswer Links = new(
        "application/json",
        """
        {
          "documentation": "/docs/",
          "openapi": "/api/v1/openapi.json",
          "graphql": "/graphql",
          "graphql_schema": "/graphql/schema.graphql",
          "health": "/healthz"
        }

        """u8.ToArray());

    public static void MapHomePage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Path, Methods.Split(", "), SendAsync);
        endpoints.Map(Path, http => http.RefuseMethodAsync(Methods));
        endpoints.MapMethods(StylePath, Methods.Split(", "), http => SendAsync(http, Style));
        endpoints.Map(StylePath, http => http.RefuseMethodAsync(Methods));
    }

    private static Task SendAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        return SendAsync(http, MediaTypes.WantsPage(http.Request) ? Page : Links);
    }

    private static Task SendAsync(HttpContext http, StaticAnswer answer)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-cache";
        return answer.SendAsync(http);
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(HomePage).Assembly.GetManifestResourceStream($"home/{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
