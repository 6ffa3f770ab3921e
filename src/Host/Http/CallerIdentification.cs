using Equaticket.RestFacade.Http;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.Http;

/// <summary>
/// Finds out who calls, for the endpoints that want to know (guide, "Authentication"). Runs after
/// routing, so that an unknown route is 404 whoever asks.
/// </summary>
internal sealed class CallerIdentification(RequestDelegate next, ApiKeyDirectory apiKeys)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IdentifiesCaller>() is { } wanted)
        {
            var caller = await IdentifyAsync(http, wanted.IsRequired);
            http.Features.Set(new CallerFeature(caller));
        }

        await next(http);
    }

    private async Task<Caller> IdentifyAsync(HttpContext http, bool isRequired)
    {
        var given = http.Request.Headers[HeaderNames.Authorization];
        if (given.Count == 0)
            return isRequired ? throw Missing() : Caller.Nobody;
        if (given is not [{ } text] || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw Missing();
        return await apiKeys.AuthenticateAsync(text[Scheme.Length..].Trim(), http.RequestAborted);
    }

    private static ApiError Missing() =>
        ApiError.Unauthorized("Send one API key: Authorization: Bearer sk_….");
}
