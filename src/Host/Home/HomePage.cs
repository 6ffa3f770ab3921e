using Equaticket.Host.GraphQL;
using Equaticket.Http;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.Home;

/// <summary>
/// <c>GET /</c>: redirects browsers to the dashboard, and returns a JSON index to other clients.
/// </summary>
internal static class HomePage
{
    private const string Path = "/";
    private const string Methods = "GET, HEAD";

    private static readonly StaticAnswer Links = new(
        "application/json",
        """
        {
          "dashboard": "/dashboard",
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
    }

    private static Task SendAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!MediaTypes.WantsPage(http.Request))
            return SendAsync(http, Links);
        http.Response.SeeOther("/dashboard");
        return Task.CompletedTask;
    }

    private static Task SendAsync(HttpContext http, StaticAnswer answer)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-cache";
        return answer.SendAsync(http);
    }
}
