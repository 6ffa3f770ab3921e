using Equaticket.Http;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Frame;

/// <summary>Cookie settings: <c>HttpOnly</c>, and <c>Secure</c> except on loopback.</summary>
internal sealed class DashboardCookies : CookieBuilder
{
    /// <summary>A cookie that only the dashboard gets, and only from its own pages.</summary>
    public DashboardCookies(string name)
    {
        (Name, Path) = (name, "/dashboard");
        (HttpOnly, IsEssential, SameSite) = (true, true, SameSiteMode.Strict);
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = IsSecure(context.Request);
        return options;
    }

    public static CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = IsSecure(http.Request),
        Path = "/",
        MaxAge = lifetime,
    };

    private static bool IsSecure(HttpRequest request) =>
        request.IsHttps || !PublicAddress.IsLoopback(request.Host.Host);
}
