using System.Text;
using Equaticket.Http;

namespace Equaticket.Host.Explorer;

/// <summary>
/// The page at <c>/graphql</c>: GraphiQL, with scripts embedded in the program
/// (<see cref="ExplorerFiles"/>). The content security policy prevents it from
/// loading anything from elsewhere.
/// </summary>
internal static class ExplorerPage
{
    /// <remarks>Inline styles are allowed because the editor adds them.</remarks>
    private const string Policy = "default-src 'none'; script-src 'self'; worker-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Html = $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>Equaticket GraphQL</title>
          <link rel="icon" href="data:,">
          <link rel="stylesheet" href="{ExplorerFiles.Path}/explorer.css">
        </head>
        <body>
          <div id="root"></div>
          <noscript>This page needs JavaScript. The schema is at /graphql/schema.graphql.</noscript>
          <script defer src="{ExplorerFiles.Path}/explorer.js"></script>
        </body>
        </html>

        """;

    private static readonly StaticAnswer Answer = new(
        "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html));

    public static Task SendAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return Answer.SendAsync(http);
    }
}
