using Equaticket.Engine.Errors;
using Equaticket.Host.GraphQL.Streaming;
using Equaticket.Host.Hosting;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Lets web pages from the configured origins call <c>/graphql</c>, with a key or anonymously.
/// Credentials are never allowed, so sessions work only on the dashboard's own pages.
/// </summary>
internal static class CrossOrigin
{
    public const string Policy = "GraphQL";

    /// <summary>Comma-separated origins, such as <c>https://shop.example</c>, or <c>*</c>.</summary>
    private const string Setting = "Cors:Origins";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2);

    private static readonly string[] ExposedHeaders =
    [
        Answering.ReplayHeader, EventStream.PositionHeader, "RateLimit-Limit", "RateLimit-Remaining",
        "RateLimit-Reset", "Retry-After", "X-Request-Id",
    ];

    private static readonly string[] RequestHeaders =
    [
        HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.ContentType,
        HeaderNames.IfNoneMatch, WriteClaim.Header, "X-Request-Id", CrossSiteGuard.Header,
        CostLimit.Header, EventStream.PositionHeader,
    ];

    /// <remarks>An invalid setting prevents startup.</remarks>
    public static IServiceCollection AddCrossOrigin(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>()
            .Configure<IConfiguration>((cors, configuration) =>
                cors.AddPolicy(Policy, Build(configuration[Setting] ?? "")))
            .ValidateOnStart();
        return services;
    }

    private static CorsPolicy Build(string origins) =>
        new CorsPolicyBuilder([.. origins.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)])
            .WithMethods("GET", "HEAD", "POST")
            .WithHeaders(RequestHeaders)
            .WithExposedHeaders(ExposedHeaders)
            .SetPreflightMaxAge(PreflightAge)
            .DisallowCredentials()
            .Build();

    private static string Read(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.GetLeftPart(UriPartial.Authority) == text)
            ? text
            : throw new ConfigurationException(
                $"Cors__Origins: '{text}' is not an origin such as https://shop.example, or *.");
}

/// <summary>
/// Rejects requests that another site makes a signed-in user's browser send. A browser attaches the
/// session automatically, but sends such a header across sites only if a preflight allows it,
/// which never happens with credentials. Keys are not affected: only their holder attaches them.
/// </summary>
internal static class CrossSiteGuard
{
    /// <summary>Accepts any value: the ability to send the header is the proof.</summary>
    public const string Header = "GraphQL-Require-Preflight";

    /// <exception cref="ApiError">A request with a session may come from another site.</exception>
    public static void Check(HttpRequest request, Caller caller)
    {
        if (caller.UserId is null)
            return;
        if (request.Headers[SameOriginRule.FetchSite] is ["cross-site" or "same-site"])
            throw SameOriginRule.Refusal();
        if (string.IsNullOrWhiteSpace(request.Headers[Header]))
            throw ApiError.Forbidden($"Requests with a session must send the header {Header}: 1.");
    }
}
