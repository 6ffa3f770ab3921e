using System.Text;
using Equaticket.Http;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Serves the OpenAPI document, which is made once at start.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/api/v1/openapi.json";

    private const string CacheControl = "public, max-age=300";

    public static void MapOpenApi(this IEndpointRouteBuilder endpoints)
    {
        var answer = Make(endpoints.ServiceProvider);
        endpoints.MapMethods(Path, ["GET", "HEAD"], http => SendAsync(http, answer));
        endpoints.MapMethods(Path, ["OPTIONS"], PublicCors.AnswerPreflightAsync);
        endpoints.Map(Path, http => http.RefuseMethodAsync("GET, HEAD, OPTIONS"));
    }

    private static Answer Make(IServiceProvider services)
    {
        var body = Encoding.UTF8.GetBytes(OpenApiDocument.Text(
            services.GetRequiredService<OperationCatalog>(),
            services.GetRequiredService<ISchema>(),
            services.GetRequiredService<PublicAddress>().Configured
                ?? OpenApiDocument.RelativeServer));
        return new Answer(StatusCodes.Status200OK, "application/json", body)
        {
            ETag = EntityTags.Of(body, version: null),
        };
    }

    private static Task SendAsync(HttpContext http, Answer answer)
    {
        PublicCors.Allow(http.Response);
        http.Response.Headers.CacheControl = CacheControl;
        return http.SendAsync(
            EntityTags.IsKnown(http.Request, answer.ETag!) ? answer.NotModified() : answer);
    }
}
