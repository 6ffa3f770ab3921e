using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>
/// Refuses writes that another web site makes a signed-in person's browser send. Every current browser says
/// where a request comes from; who says nothing is no browser, and has no cookie that it did not choose to send.
/// </summary>
/// <param name="address">Ours, which a proxy may hide from the request.</param>
public sealed class SameOriginRule(PublicAddress address)
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <exception cref="ApiError">The request comes from another site.</exception>
    public void Check(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;
        var isOurs = request.Headers[FetchSite] is { Count: > 0 } site
            ? site is ["same-origin" or "none"]
            : request.Headers.Origin is not { Count: > 0 } origin || IsOurOrigin(request, origin.ToString());
        if (!isOurs)
            throw ApiError.Forbidden("A session works on the dashboard's own pages only. Use an API key.");
    }

    private bool IsOurOrigin(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || origin.Equals(address.WithoutRequest.Base, StringComparison.OrdinalIgnoreCase));
}
