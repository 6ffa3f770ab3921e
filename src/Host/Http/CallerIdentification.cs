using Equaticket.Engine.Errors;
using Equaticket.Host.Activity;
using Equaticket.Host.RateLimiting;
using Equaticket.Http;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.Http;

/// <summary>
/// Identifies the caller and checks its rate limit (guide, "Authentication" and "Rate
/// limits"). Runs after routing, so that an unknown route is 404 for everyone. <c>/graphql</c> counts callers
/// without a key or session, because it has a separate limit for checkouts.
/// </summary>
internal sealed class CallerIdentification(
    RequestDelegate next, ApiKeyDirectory apiKeys, Sessions sessions, RateLimiter limiter)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IdentifiesCaller>() is { } wanted)
            await IdentifyAsync(http, wanted);
        await next(http);
    }

    private async Task IdentifyAsync(HttpContext http, IdentifiesCaller wanted)
    {
        if (wanted.Kind == CallerKind.Public)
            PublicCors.Allow(http.Response);
        var caller = wanted.Kind == CallerKind.Public
            ? Caller.Nobody
            : await AuthenticateAsync(http, wanted.Kind);
        http.Features.Set(new CallerFeature(caller));
        if (caller.ApiKeyId is not null)
            await limiter.CountKeyAsync(http, caller);
        else if (wanted.Kind == CallerKind.Public)
            await limiter.CountPublicAsync(http);
    }

    private async Task<Caller> AuthenticateAsync(HttpContext http, CallerKind kind)
    {
        var given = http.Request.Headers[HeaderNames.Authorization];
        if (given.Count == 0)
            return await FindSessionAsync(http, kind);
        try
        {
            if (given is not [{ } text]
                || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                throw MissingKey();
            var known = await apiKeys.FindAsync(text[Scheme.Length..].Trim());
            http.Features.Set(new UsedKey(known.Caller));
            apiKeys.RequireActive(known);
            return known.Caller;
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unauthorized)
        {
            await limiter.CountFailedAuthAsync(http);
            throw;
        }
    }

    private async Task<Caller> FindSessionAsync(HttpContext http, CallerKind kind) =>
        kind == CallerKind.KeyRequired
            ? throw MissingKey()
            : await sessions.FindAsync(http)
                ?? (kind == CallerKind.Anybody ? Caller.Nobody : throw MissingSession());

    private static ApiError MissingKey() =>
        ApiError.Unauthorized("Send one API key: Authorization: Bearer sk_….");

    private static ApiError MissingSession() => ApiError.Unauthorized(
        "Sign in to the dashboard, or send an API key if the route accepts one: "
        + "Authorization: Bearer sk_….");
}
