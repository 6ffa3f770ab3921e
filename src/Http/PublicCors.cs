using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>
/// Opens the public listing to every web page. It is the same for everybody, so no credentials are
/// involved (Fetch standard, "CORS protocol").
/// </summary>
public static class PublicCors
{
    public const string CacheControl = "public, max-age=15";

    private const string ExposedHeaders =
        "ETag, Retry-After, X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

    public static void Allow(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = ExposedHeaders;
    }

    /// <summary>Answers the question that browsers ask before a request with headers of its own.</summary>
    public static Task AnswerPreflightAsync(HttpContext http)
    {
        var response = http.Response;
        Allow(response);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD";
        response.Headers.AccessControlAllowHeaders = "If-None-Match, X-Request-Id";
        response.Headers.AccessControlMaxAge = "86400";
        return Task.CompletedTask;
    }
}
