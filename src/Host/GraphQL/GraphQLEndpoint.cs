using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Http;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary><c>POST /graphql</c>: one operation of the caller's own.</summary>
internal sealed class GraphQLEndpoint(
    DocumentCache documents,
    OperationExecutor executor,
    PublicAddress address)
{
    public async Task HandleAsync(HttpContext http)
    {
        var caller = CallerFeature.Of(http);
        var request = await ReadAsync(http);
        Answer answer;
        try
        {
            answer = await executor.ExecuteAsync(
                new OperationRequest(
                    documents.Get(request.Query, request.OperationName),
                    request.Variables,
                    caller,
                    address.For(http.Request),
                    result => GraphQLAnswers.Render(http, result)),
                http.RequestAborted);
        }
        catch (InvalidDocumentException fault)
        {
            answer = GraphQLAnswers.Render(http, fault.Errors, NotExecuted);
        }
        catch (ApiError fault)
        {
            answer = GraphQLAnswers.Render(http, [fault], NotExecuted);
        }

        await http.SendAsync(answer);
    }

    private static global::GraphQL.ExecutionResult NotExecuted { get; } = new();

    private static async Task<GraphQLRequest> ReadAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadJsonAsync(http.Request, http.RequestAborted)
            ?? throw ApiError.Validation(null, "Send a JSON object with a query.");
        try
        {
            return GraphQLRequest.Read(body.RootElement);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json finds half a surrogate pair only when a text is read.
            throw ApiError.Validation(null, "The body holds unpaired surrogates.");
        }
    }
}
