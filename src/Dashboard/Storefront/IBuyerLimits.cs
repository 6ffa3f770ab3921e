using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Bounds how often an address may open pages for buyers, and check out.</summary>
public interface IBuyerLimits
{
    /// <exception cref="Engine.Errors.ApiError">There were too many requests.</exception>
    Task CountPublicAsync(HttpContext http);

    /// <exception cref="Engine.Errors.ApiError">There were too many checkouts.</exception>
    Task CountCheckoutAsync(HttpContext http);
}
