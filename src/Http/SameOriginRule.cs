using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>
/// Rejects writes that another website makes a signed-in user's browser send. Every current browser reports
/// the origin of a request; a client that doesn't is not a browser, and sends cookies only by choice.
/// </summary>
/// <param name="address">The public URL, which may differ from the request's host behind a proxy.</param>
public sealed class SameOriginRule(PublicAddress address)
{
    /// <summary>Where a browser says that a request comes from.</summary>
    public const string FetchSite = "Sec-Fetch-Site";

    /// <exception cref="ApiError">The request comes from another site.</exception>
    public void Check(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;
        var isOurs = request.Headers[FetchSite] is { Count: > 0 } site
            ? site is ["same-origin" or "none"]
            : request.Headers.Origin is not { Count: > 0 } origin || IsOurOrigin(request, origin.ToString());
        if (!isOurs)
            throw Refusal();
    }

    public static ApiError Refusal() =>
        ApiError.Forbidden("Sessions work only on the dashboard's pages. Use an API key.");

    private bool IsOurOrigin(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || origin.Equals(address.WithoutRequest.Base, StringComparison.OrdinalIgnoreCase));
}
