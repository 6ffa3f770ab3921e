using Equaticket.Engine.Federation;
using Equaticket.Host.Explorer;
using Equaticket.Host.GraphQL.Streaming;
using Equaticket.Http;

namespace Equaticket.Host.GraphQL;

/// <summary>Registers <c>/graphql</c>.</summary>
internal static class GraphQLServices
{
    private const string Path = "/graphql";
    private const string Methods = "GET, HEAD, POST";

    public static IServiceCollection AddGraphQLEndpoint(this IServiceCollection services)
    {
        services.AddOptions<GraphQLOptions>().BindConfiguration(GraphQLOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SubgraphOptions>().BindConfiguration(GraphQLOptions.Section).ValidateOnStart();
        return services.AddSingleton<DocumentCache>()
            .AddSingleton<Manifest>()
            .AddSingleton<KnownDocuments>()
            .AddSingleton<CostLimit>()
            .AddSingleton<GraphQLAnswers>()
            .AddSingleton<StreamPlaces>()
            .AddSingleton<SubscriptionStreams>()
            .AddSingleton<GraphQLEndpoint>()
            .AddSingleton<SchemaEndpoint>()
            .AddCrossOrigin();
    }

    public static void MapGraphQL(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Path).RequireCors(CrossOrigin.Policy)
            .WithMetadata(endpoints.ServiceProvider.GetRequiredService<GraphQLAnswers>());
        var endpoint = endpoints.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        group.MapMethods("", Methods.Split(", "), endpoint.HandleAsync)
            .WithMetadata(new IdentifiesCaller(CallerKind.Anybody));
        group.MapMethods("", [HttpMethods.Options], SendMethodsAsync);
        group.Map("", http => http.RefuseMethodAsync(Methods));
        endpoints.MapSchema();
        endpoints.MapExplorerFiles();
    }

    private static void MapSchema(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<SchemaEndpoint>();
        endpoints.MapMethods(SchemaEndpoint.Path, ["GET", "HEAD"], endpoint.HandleAsync)
            .WithMetadata(new IdentifiesCaller(CallerKind.Public));
        endpoints.MapMethods(
            SchemaEndpoint.Path, [HttpMethods.Options], PublicCors.AnswerPreflightAsync);
        endpoints.Map(SchemaEndpoint.Path, http => http.RefuseMethodAsync("GET, HEAD"));
    }

    private static Task SendMethodsAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.Allow = $"{Methods}, {HttpMethods.Options}";
        return Task.CompletedTask;
    }
}
