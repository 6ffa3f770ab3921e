using Equaticket.Host.GraphQL.Streaming;
using Equaticket.Host.Hosting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Lets web pages of the configured origins call <c>/graphql</c>, with a key or anonymously.
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
        "Idempotent-Replayed", EventStream.PositionHeader, "RateLimit-Limit", "RateLimit-Remaining",
        "RateLimit-Reset", "Retry-After", "X-Request-Id",
    ];

    private static readonly string[] RequestHeaders =
    [
        HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.ContentType,
        HeaderNames.IfNoneMatch, "Idempotency-Key", "X-Request-Id", CrossSiteGuard.Header,
        CostLimit.Header, EventStream.PositionHeader,
    ];

    /// <remarks>An invalid setting prevents the start.</remarks>
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
