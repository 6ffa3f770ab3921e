using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Frame;

/// <summary>Sets the headers of all dashboard responses, error pages included.</summary>
internal static class DashboardHeaders
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <remarks>Set when the response starts, to override the headers of antiforgery.</remarks>
    public static void SetOn(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<DashboardEndpoint>() is not null)
            http.Response.OnStarting(Set, http.Response.Headers);
    }

    private static Task Set(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.Remove("Pragma");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
