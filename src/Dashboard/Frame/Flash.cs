using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Frame;

/// <summary>Passes a form's confirmation to the next page, in a cookie that the page deletes.</summary>
internal static class Flash
{
    private const string Cookie = "equaticket_done";

    public static void Leave(HttpContext http, string name) =>
        http.Response.Cookies.Append(Cookie, name, DashboardCookies.Options(http, TimeSpan.FromMinutes(1)));

    public static string? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } name)
            return null;
        http.Response.Cookies.Delete(Cookie, DashboardCookies.Options(http, lifetime: null));
        return name;
    }
}
