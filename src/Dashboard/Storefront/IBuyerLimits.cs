using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Limits how often an IP address may open storefront pages and check out.</summary>
public interface IBuyerLimits
{
    /// <exception cref="Engine.Errors.ApiError">The client made too many requests.</exception>
    Task CountPublicAsync(HttpContext http);

    /// <exception cref="Engine.Errors.ApiError">The client made too many checkouts.</exception>
    Task CountCheckoutAsync(HttpContext http);
}
