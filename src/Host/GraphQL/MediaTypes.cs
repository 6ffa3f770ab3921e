using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary>Selects the format of a response from the <c>Accept</c> header.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string GraphQLJson = "application/graphql-response+json";
    public const string Html = "text/html";
    public const string EventStream = "text/event-stream";

    /// <summary>
    /// The media type of a response. Plain JSON if neither type is requested by name, as the specification's
    /// audits require.
    /// </summary>
    public static string OfAnswer(HttpRequest request) =>
        Preferred(request).FirstOrDefault(type => type is Json or GraphQLJson) ?? Json;

    /// <summary>Whether a browser requests the page instead of data.</summary>
    public static bool WantsPage(HttpRequest request) =>
        Preferred(request).FirstOrDefault(type => type is Json or GraphQLJson or Html) == Html;

    /// <summary>Whether the client prefers an event stream, even for a single response.</summary>
    public static bool WantsStream(HttpRequest request) =>
        Preferred(request).FirstOrDefault(type => type is Json or GraphQLJson or EventStream) == EventStream;

    /// <summary>Whether the client accepts an event stream.</summary>
    public static bool TakesStream(HttpRequest request) =>
        request.Headers.Accept.Count == 0
        || Preferred(request).Any(type => type is EventStream or "text/*" or "*/*");

    private static IEnumerable<string?> Preferred(HttpRequest request)
    {
        // Most clients send a single type, which needs no parsing.
        if (request.Headers.Accept is [Json or GraphQLJson] and [var only])
            return [only];
        return request.GetTypedHeaders().Accept
            .Where(type => type.Quality is not 0)
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(Name);
    }

    private static string? Name(MediaTypeHeaderValue type) =>
        type.MediaType.Value?.ToLowerInvariant();
}
