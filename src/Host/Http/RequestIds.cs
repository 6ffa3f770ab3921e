using System.Security.Cryptography;

namespace Equaticket.Host.Http;

/// <summary>
/// Gives every request an id, shared by response, errors and log lines (guide, "Request IDs"): the
/// caller's, or a generated one. It becomes the trace identifier of the request.
/// </summary>
internal sealed class RequestIds(RequestDelegate next, ILogger<RequestIds> log)
{
    private const string Header = "X-Request-Id";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int MaxLength = 128;

    public async Task InvokeAsync(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        var id = given is [{ } text] && IsAllowed(text)
            ? text
            : "req_" + RandomNumberGenerator.GetString(Base62, 24);
        http.TraceIdentifier = id;
        http.Response.Headers[Header] = id;
        using (log.BeginScope("{RequestId}", id))
            await next(http);
    }

    private static bool IsAllowed(string id) =>
        id.Length is >= 1 and <= MaxLength && id.All(character => character is >= ' ' and <= '~');
}
