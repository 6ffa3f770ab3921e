using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.RestFacade.OpenApi;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.PublicListing;
using Equaticket.RestFacade.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.RestFacade;

/// <summary>Registers the REST API.</summary>
public static class RestFacadeServices
{
    private const string PublicPath = "/api/v1/public";

    public static IServiceCollection AddRestFacade(this IServiceCollection services) =>
        services.AddSingleton<OperationCatalog>().AddSingleton<ListingMemory>();

    /// <summary>Maps every documented route, 405 for other methods, and 404 for other paths.</summary>
    public static void MapRestFacade(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var operations = services.GetRequiredService<OperationCatalog>().Operations;
        foreach (var path in operations.GroupBy(operation => operation.Route.Template))
            MapPath(endpoints, path.Key, [.. path], services);
        OpenApiEndpoint.Map(endpoints);
        endpoints.MapFallback($"{PublicPath}/{{*path}}", RefusePublicPath);
        endpoints.MapFallback("{*path}", RefusePath);
    }

    private static void MapPath(
        IEndpointRouteBuilder endpoints,
        string template,
        RestOperation[] operations,
        IServiceProvider services)
    {
        foreach (var operation in operations)
        {
            RequestDelegate handle = operation.Route.IsPublic
                ? ActivatorUtilities.CreateInstance<ListingEndpoint>(services, operation).HandleAsync
                : ActivatorUtilities.CreateInstance<RestEndpoint>(services, operation).HandleAsync;
            var mapped = endpoints.MapMethods(template, Methods(operation), handle);
            mapped.WithMetadata(new IdentifiesCaller(Callers(operation.Route)));
        }

        var allowed = string.Join(", ", operations.SelectMany(Methods));
        if (!Array.Exists(operations, operation => operation.Route.IsPublic))
        {
            endpoints.Map(template, http => http.RefuseMethodAsync(allowed));
            return;
        }

        endpoints.MapMethods(template, ["OPTIONS"], PublicCors.AnswerPreflightAsync);
        endpoints.Map(template, http => PublicCors.RefuseMethodAsync(http, $"{allowed}, OPTIONS"));
    }

    private static CallerKind Callers(ApiRoute route) => route switch
    {
        { IsPublic: true } => CallerKind.Public,
        { IsOfDashboard: true } => CallerKind.KeyOrSession,
        _ => CallerKind.KeyRequired,
    };

    private static string[] Methods(RestOperation operation) =>
        operation.Route.Method == "GET" ? ["GET", "HEAD"] : [operation.Route.Method];

    private static Task RefusePublicPath(HttpContext http)
    {
        if (PublicCors.IsPreflight(http.Request))
            return PublicCors.AnswerPreflightAsync(http);
        PublicCors.Allow(http.Response);
        return RefusePath(http);
    }

    private static Task RefusePath(HttpContext http)
    {
        // HEAD returns the headers of GET, including the body length.
        var method = HttpMethods.IsHead(http.Request.Method) ? "GET" : http.Request.Method;
        return http.SendAsync(ApiError.NoSuchRoute(method, http.Request.Path));
    }
}
