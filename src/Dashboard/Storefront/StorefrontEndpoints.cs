using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Marks the endpoints for buyers, which require no session.</summary>
/// <param name="Livemode">False for the pages of test events.</param>
/// <param name="IsPublic">Whether search engines may index the page and caches may store it.</param>
/// <param name="TakesCards">Whether the page shows Stripe's form.</param>
public sealed record StorefrontEndpoint(bool Livemode = true, bool IsPublic = false, bool TakesCards = false);

/// <summary>The URLs of the pages for buyers.</summary>
internal static class StorefrontEndpoints
{
    private const string Folder = "/Storefront/";

    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] Writing = [.. Reading, "POST"];

    /// <summary>Marks the endpoints of a page, and adds a second URL for test events to each event page.</summary>
    /// <returns>False for a page of the dashboard.</returns>
    public static bool TryMark(PageRouteModel page)
    {
        if (!page.ViewEnginePath.StartsWith(Folder, StringComparison.Ordinal))
            return false;
        var name = page.ViewEnginePath[Folder.Length..];
        var mark = new StorefrontEndpoint(IsPublic: name == "Event", TakesCards: name == "Payment");
        var live = page.Selectors.Single();
        if (live.AttributeRouteModel!.Template!.EndsWith("/{slug}", StringComparison.Ordinal))
        {
            var test = new SelectorModel(live);
            test.AttributeRouteModel!.Template =
                test.AttributeRouteModel.Template!.Replace("/{slug}", "/test/{slug}", StringComparison.Ordinal);
            page.Selectors.Add(test);
            Mark(test, mark with { Livemode = false }, name);
        }

        Mark(live, mark, name);
        return true;
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/order/calendar.ics", Reading, http =>
                http.RequestServices.GetRequiredService<CalendarFile>().SendAsync(http))
            .WithMetadata(new StorefrontEndpoint(), ErrorPages.ForBuyers);
        foreach (var path in new[] { "/e/{*path}", "/checkout/{*path}", "/order/{*path}" })
        {
            endpoints.MapFallback(path, _ => throw ApiError.NotFound("page"))
                .WithMetadata(new StorefrontEndpoint(), ErrorPages.ForBuyers);
        }
    }

    private static void Mark(SelectorModel selector, StorefrontEndpoint mark, string page)
    {
        selector.EndpointMetadata.Add(mark);
        selector.EndpointMetadata.Add(ErrorPages.ForBuyers);
        selector.EndpointMetadata.Add(
            new HttpMethodMetadata(page is "Checkout" or "Payment" ? Writing : Reading));
    }
}

/// <summary>Sets the headers of every response to buyers, including error pages.</summary>
internal static class StorefrontHeaders
{
    private const string Stripe = "https://js.stripe.com";

    private static readonly string Policy = PolicyOf("'self'", "'self'", "'self' data:", frames: "");

    private static readonly string CardPolicy = PolicyOf(
        $"'self' {Stripe} https://*.js.stripe.com",
        "'self' https://api.stripe.com",
        "'self' data: https://*.stripe.com",
        $" frame-src {Stripe} https://*.js.stripe.com https://hooks.stripe.com;");

    public static void SetOn(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<StorefrontEndpoint>() is { } endpoint)
            http.Response.OnStarting(() => Set(http.Response, endpoint));
    }

    /// <remarks>
    /// The URL of an order contains its token, so it must not leak through referrers, caches, or search engines.
    /// </remarks>
    private static Task Set(HttpResponse response, StorefrontEndpoint endpoint)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = endpoint.TakesCards ? CardPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = endpoint.IsPublic ? "strict-origin-when-cross-origin" : "no-referrer";
        if (!endpoint.IsPublic || response.StatusCode >= StatusCodes.Status400BadRequest)
            headers.CacheControl = "no-store";
        if (!endpoint.IsPublic || !endpoint.Livemode)
            headers["X-Robots-Tag"] = "noindex";
        return Task.CompletedTask;
    }

    private static string PolicyOf(string scripts, string connections, string images, string frames) =>
        $"default-src 'none'; script-src {scripts}; style-src 'self'; img-src {images}; "
        + $"connect-src {connections};{frames} form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
}
