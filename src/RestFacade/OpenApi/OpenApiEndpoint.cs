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
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Serves the OpenAPI document in one version of the specification.</summary>
internal sealed class OpenApiEndpoint
{
    private const string Path = "/api/v1/openapi.json";

    /// <summary>For tools that do not support 3.1. Excludes webhooks, which 3.0 does not support.</summary>
    private const string OlderPath = "/api/v1/openapi-3.0.json";

    private const string CacheControl = "public, max-age=300";

    private readonly IServiceProvider _services;
    private readonly PublicAddress _address;
    private readonly OpenApiSpecVersion _version;

    /// <summary>
    /// The latest response. It is rendered on first request, so that startup doesn't wait for it, and again only if
    /// the public URL comes from the request, as on loopback without a configured URL.
    /// </summary>
    private ServedDocument? _latest;

    private OpenApiEndpoint(IServiceProvider services, OpenApiSpecVersion version)
    {
        (_services, _version) = (services, version);
        _address = services.GetRequiredService<PublicAddress>();
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, Path, OpenApiSpecVersion.OpenApi3_1);
        Map(endpoints, OlderPath, OpenApiSpecVersion.OpenApi3_0);
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, OpenApiSpecVersion version)
    {
        var endpoint = new OpenApiEndpoint(endpoints.ServiceProvider, version);
        endpoints.MapMethods(path, ["GET", "HEAD"], endpoint.SendAsync);
        endpoints.MapMethods(path, ["OPTIONS"], PublicCors.AnswerPreflightAsync);
        endpoints.Map(path, http => PublicCors.RefuseMethodAsync(http, "GET, HEAD, OPTIONS"));
    }

    private Task SendAsync(HttpContext http)
    {
        PublicCors.Allow(http.Response);
        http.Response.Headers.CacheControl = CacheControl;
        var answer = AnswerFor(_address.For(http.Request).Base);
        return http.SendAsync(
            KnownTags.Contain(http.Request, answer.ETag!) ? answer.NotModified() : answer);
    }

    private Answer AnswerFor(string server)
    {
        var latest = _latest;
        if (latest?.Server != server)
            _latest = latest = Make(server);
        return latest.Answer;
    }

    private ServedDocument Make(string server)
    {
        var body = Encoding.UTF8.GetBytes(ApiDocument.Text(
            _services.GetRequiredService<OperationCatalog>(),
            _services.GetRequiredService<ISchema>(),
            server,
            _version));
        return new ServedDocument(server, new Answer(StatusCodes.Status200OK, "application/json", body)
        {
            ETag = EntityTags.Of(body, version: null),
        });
    }

    private sealed record ServedDocument(string Server, Answer Answer);
}
