using System.Net;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>
/// The public address of this product: the configured one. Only a request that came
/// to a loopback name is answered with that name, so that a first try needs no configuration.
/// </summary>
/// <param name="configured"><c>Equaticket__PublicUrl</c>, or null if it is not set.</param>
/// <param name="listener">
/// The first address that the server listens on, for when nothing is configured and the Host header is not
/// loopback.
/// </param>
public sealed class PublicAddress(string? configured, Func<string> listener)
{
    private readonly PublicUrls _fixed = configured is null ? new(listener) : new(configured);

    /// <summary>For links that do not come from a request, such as in emails.</summary>
    public PublicUrls WithoutRequest => _fixed;

    public PublicUrls For(HttpRequest request) =>
        configured is null && IsLoopback(request.Host.Host)
            ? new PublicUrls($"{request.Scheme}://{request.Host.Value}")
            : _fixed;

    /// <summary>Whether a name leads to this machine itself.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
