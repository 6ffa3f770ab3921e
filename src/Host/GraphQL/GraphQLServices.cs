using Equaticket.RestFacade.Http;
using Equaticket.Schema.Errors;

namespace Equaticket.Host.GraphQL;

/// <summary>Wires <c>/graphql</c> into the host.</summary>
internal static class GraphQLServices
{
    private const string Path = "/graphql";

    public static IServiceCollection AddGraphQLEndpoint(this IServiceCollection services) =>
        services.AddSingleton<DocumentCache>()
            .AddSingleton<GraphQLAnswers>()
            .AddSingleton<GraphQLEndpoint>();

    public static void MapGraphQL(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var answers = services.GetRequiredService<GraphQLAnswers>();
        endpoints.MapPost(Path, services.GetRequiredService<GraphQLEndpoint>().HandleAsync)
            .WithMetadata(answers, new IdentifiesCaller(CallerKind.KeyOptional));
        endpoints.Map(Path, RefuseMethod).WithMetadata(answers);
    }

    private static Task RefuseMethod(HttpContext http)
    {
        const string allowed = "POST";
        http.Response.Headers.Allow = allowed;
        return http.SendAsync(ApiError.MethodNotAllowed(http.Request.Method, allowed));
    }
}
