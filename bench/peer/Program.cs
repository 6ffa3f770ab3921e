using System.Collections.Concurrent;
using Equaticket.Peer;
using GraphQL;
using GraphQL.Transport;
using GraphQLParser.AST;
using Microsoft.EntityFrameworkCore;
using Npgsql;

// The usual C# stack on the same tables: GraphQL.NET, Entity Framework Core, and Npgsql. Statements are prepared,
// contexts are pooled, children are read in batches, and each document is parsed and validated once. It checks the
// key, but does nothing else that the product does around an operation.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Equaticket"))
{
    Timezone = "UTC",
    MaxPoolSize = 32,
    MaxAutoPrepare = 50,
    AutoPrepareMinUsages = 1,
    NoResetOnClose = true,
};
await using var database = NpgsqlDataSource.Create(connection.ConnectionString);
builder.Services.AddPooledDbContextFactory<PeerDatabase>(options => options.UseNpgsql(database)
    .UseSnakeCaseNamingConvention().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
builder.Services.AddGraphQL(graph => graph.AddSchema<PeerSchema>().AddSystemTextJson().AddGraphTypes());
var app = builder.Build();
var keys = await Keys.ReadAsync(database);
var executer = app.Services.GetRequiredService<IDocumentExecuter<PeerSchema>>();
var serializer = app.Services.GetRequiredService<IGraphQLTextSerializer>();
var documents = new ConcurrentDictionary<string, GraphQLDocument>();
app.MapGet("/readyz", () => "ready");
app.MapPost("/graphql", AnswerAsync);
await app.RunAsync();

async Task AnswerAsync(HttpContext http)
{
    if (keys.Find(http) is not { } key)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return;
    }

    var request = await serializer.ReadAsync<GraphQLRequest>(http.Request.Body, http.RequestAborted);
    var options = new ExecutionOptions
    {
        Query = request!.Query,
        Variables = request.Variables,
        RequestServices = http.RequestServices,
        UserContext = new RequestContext(key),
        CancellationToken = http.RequestAborted,
    };
    if (documents.TryGetValue(request.Query!, out var known))
        (options.Document, options.ValidationRules) = (known, []);
    var result = await executer.ExecuteAsync(options);
    if (known is null && result is { Document: { } document, Errors: null })
        documents[request.Query!] = document;
    http.Response.ContentType = "application/json";
    await serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
}
