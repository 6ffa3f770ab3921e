using Equaticket.RestFacade.Http;

namespace Equaticket.Host.GraphQL;

/// <summary>Wires <c>/graphql</c> into the host.</summary>
internal static class GraphQLServices
{
    private const string Path = "/graphql";
    private const string Methods = "GET, HEAD, POST";

    public static IServiceCollection AddGraphQLEndpoint(this IServiceCollection services) =>
        services.AddSingleton<DocumentCache>()
            .AddSingleton<GraphQLAnswers>()
            .AddSingleton<GraphQLEndpoint>()
            .AddCrossOrigin();

    public static void MapGraphQL(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Path).RequireCors(CrossOrigin.Policy)
            .WithMetadata(endpoints.ServiceProvider.GetRequiredService<GraphQLAnswers>());
        var endpoint = endpoints.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        group.MapMethods("", Methods.Split(", "), endpoint.HandleAsync)
            .WithMetadata(new IdentifiesCaller(CallerKind.KeyOptional));
        group.MapMethods("", [HttpMethods.Options], TellMethodsAsync);
        group.Map("", http => http.RefuseMethodAsync(Methods));
    }

    private static Task TellMethodsAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.Allow = $"{Methods}, {HttpMethods.Options}";
        return Task.CompletedTask;
    }
}
