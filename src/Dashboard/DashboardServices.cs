using Equaticket.Dashboard.Account;
using Equaticket.Dashboard.ApiKeys;
using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Dashboard.Operations;
using Equaticket.Dashboard.Storefront;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Dashboard;

/// <summary>Adds the dashboard to a host.</summary>
public static class DashboardServices
{
    private const string OpenFolder = "/Account";

    private static readonly string[] Methods = ["GET", "HEAD", "POST"];

    /// <summary>Account pages that require a session.</summary>
    private static readonly string[] ClosedPages =
    [
        "/Account/Start", "/Account/Account", "/Account/Verify", "/Account/Authenticator", "/Account/Passkeys",
    ];

    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<PageCatalog>().AddSingleton<PageRunner>().AddSingleton<ScopeGuide>();
        services.AddSingleton(provider => provider.GetRequiredService<PageCatalog>().Storefront)
            .AddSingleton<CalendarFile>();
        services.AddHttpContextAccessor().AddSingleton<ICurrentRequest, CurrentRequest>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null)
            .AddFactors();
        services.AddAntiforgery(options =>
        {
            options.Cookie = new DashboardCookies("equaticket_form");
            options.FormFieldName = FormFields.Token;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<RouteOptions>(options => options.ConstraintMap["mode"] = typeof(ModeConstraint));
        services.AddRazorPages(Configure)
            .AddApplicationPart(typeof(DashboardServices).Assembly);
        return services;
    }

    public static void UseDashboard(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            DashboardHeaders.SetOn(http);
            StorefrontHeaders.SetOn(http);
            return next(http);
        });
        app.UseMiddleware<DashboardGate>();
    }

    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<PageCatalog>();
        Assets.Map(endpoints);
        endpoints.MapRazorPages();
        StorefrontEndpoints.Map(endpoints);
        endpoints.MapGet("/dashboard/{org}", Start).WithMetadata(new DashboardEndpoint(), ErrorPages.Format);
        endpoints.MapFallback("/dashboard/{*path}", _ => throw ApiError.NotFound("page"))
            .WithMetadata(new DashboardEndpoint(IsOpen: true), ErrorPages.Format);
    }

    /// <remarks>Views and their operations share a folder per feature.</remarks>
    private static void Configure(RazorPagesOptions options)
    {
        options.RootDirectory = "/";
        options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());
        options.Conventions.AddFolderRouteModelConvention("/", page =>
        {
            if (StorefrontEndpoints.TryMark(page))
                return;
            var isOpen = page.ViewEnginePath.StartsWith(OpenFolder, StringComparison.Ordinal)
                && !ClosedPages.Contains(page.ViewEnginePath);
            foreach (var selector in page.Selectors)
            {
                selector.EndpointMetadata.Add(new DashboardEndpoint(isOpen));
                selector.EndpointMetadata.Add(ErrorPages.Format);
                selector.EndpointMetadata.Add(new HttpMethodMetadata(Methods));
            }
        });
    }

    private static Task Start(HttpContext http, string org)
    {
        http.Response.SeeOther($"/dashboard/{Uri.EscapeDataString(org)}/{FrameOfPage.Live}");
        return Task.CompletedTask;
    }

    /// <summary>Matches a route parameter that is <c>live</c> or <c>test</c>.</summary>
    private sealed class ModeConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection routeDirection) =>
            values[routeKey] is FrameOfPage.Live or FrameOfPage.Test;
    }
}
