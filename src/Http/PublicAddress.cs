using System.Net;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>
/// The public URL of this product, as configured. If it is not configured, requests to a loopback host
/// use that host, so that local evaluation needs no configuration.
/// </summary>
/// <param name="configured"><c>Equaticket__PublicUrl</c>, or null if it is not set.</param>
/// <param name="listener">
/// The first URL that the server listens on, used if nothing is configured and the Host header is not
/// loopback.
/// </param>
public sealed class PublicAddress(string? configured, Func<string> listener)
{
    private readonly PublicUrls _fixed = configured is null ? new(listener) : new(configured);

    /// <summary>For links outside a request, such as in emails.</summary>
    public PublicUrls WithoutRequest => _fixed;

    public PublicUrls For(HttpRequest request) =>
        configured is null && IsLoopback(request.Host.Host)
            ? new PublicUrls($"{request.Scheme}://{request.Host.Value}")
            : _fixed;

    /// <summary>Whether a host name refers to this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
