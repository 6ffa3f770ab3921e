using System.Security.Cryptography;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Host.Http;

/// <summary>
/// Gives every request an id, shared by response, errors and log lines (guide, "Request IDs"): the
/// caller's, or a generated one. It becomes the trace identifier of the request.
/// </summary>
internal sealed class RequestIds(RequestDelegate next, ILogger<RequestIds> log)
{
    private const string Header = "X-Request-Id";

    public async Task InvokeAsync(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        var id = given is [{ } text] && IsAllowed(text)
            ? text
            : "req_" + RandomNumberGenerator.GetString(ApiKeySecret.Base62, 24);
        http.TraceIdentifier = id;
        http.Response.Headers[Header] = id;
        using (log.BeginScope("{RequestId}", id))
            await next(http);
    }

    private static bool IsAllowed(string id) =>
        id.Length is >= 1 and <= ApiRequest.MaxRequestIdLength && id.All(character => character is >= ' ' and <= '~');
}
