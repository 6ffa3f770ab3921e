using System.Security.Cryptography;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Host.Http;

/// <summary>
/// Gives every request an id, shared by response, errors, and log lines (guide, "Request IDs"): the
/// caller's, or a generated one. It becomes the trace identifier of the request.
/// </summary>
/// <remarks>
/// A generated id is <c>req_</c>, 8 base-62 digits with the Unix time in milliseconds, and 16 random ones. Ids created
/// one after the other are neighbors in the indexes that find them.
/// </remarks>
internal sealed class RequestIds(RequestDelegate next, TimeProvider clock, ILogger<RequestIds> log)
{
    private const string Header = "X-Request-Id";
    private const string Prefix = "req_";
    private const int TimeLength = 8;
    private const int RandomLength = 16;

    public async Task InvokeAsync(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        var id = given is [{ } text] && IsAllowed(text)
            ? text
            : Create();
        http.TraceIdentifier = id;
        http.Response.Headers[Header] = id;
        using (log.BeginScope("{RequestId}", id))
            await next(http);
    }

    private string Create()
    {
        Span<char> id = stackalloc char[Prefix.Length + TimeLength + RandomLength];
        Prefix.CopyTo(id);
        Base62.Write((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds(), id.Slice(Prefix.Length, TimeLength));
        RandomNumberGenerator.GetItems(Base62.Digits, id[^RandomLength..]);
        return new string(id);
    }

    private static bool IsAllowed(string id) =>
        id.Length is >= 1 and <= ApiRequest.MaxRequestIdLength && id.All(character => character is >= ' ' and <= '~');
}
