using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Http;

/// <summary>
/// Opens the public listing to every web page. The listing is the same for everyone, so no credentials are
/// involved (Fetch standard, "CORS protocol").
/// </summary>
public static class PublicCors
{
    public const string CacheControl = "public, max-age=15";

    private const int MaxAge = 15;

    private const string ExposedHeaders =
        "ETag, Retry-After, X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

    private static readonly string[] ShortCacheControls =
        [.. Enumerable.Range(0, MaxAge).Select(seconds => $"public, max-age={seconds}")];

    /// <summary>Lets caches store a response for up to 15 seconds, but no longer than it is valid.</summary>
    /// <param name="term">How long the response is valid.</param>
    public static string CacheControlFor(TimeSpan term) =>
        term.TotalSeconds >= MaxAge ? CacheControl : ShortCacheControls[Math.Max(0, (int)term.TotalSeconds)];

    public static void Allow(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = ExposedHeaders;
    }

    /// <summary>
    /// Responds to a preflight. Allows any header: <c>*</c> covers all but <c>Authorization</c>, which
    /// the Fetch standard requires by name.
    /// </summary>
    public static Task AnswerPreflightAsync(HttpContext http)
    {
        var response = http.Response;
        Allow(response);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD";
        response.Headers.AccessControlAllowHeaders = "*, Authorization";
        response.Headers.AccessControlMaxAge = "86400";
        return Task.CompletedTask;
    }

    /// <summary>Rejects a method that the path does not support, in a response that web pages can read.</summary>
    public static Task RefuseMethodAsync(HttpContext http, string allowed)
    {
        Allow(http.Response);
        return http.RefuseMethodAsync(allowed);
    }

    /// <summary>Whether the request is a CORS preflight.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.ContainsKey(HeaderNames.Origin)
        && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);
}
