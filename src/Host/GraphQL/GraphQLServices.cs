using Equaticket.RestFacade.Http;

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
            .WithMetadata(answers, new IdentifiesCaller(CallerKind.Anybody));
        endpoints.Map(Path, http => http.RefuseMethodAsync("POST")).WithMetadata(answers);
    }
}
