using Equaticket.Host.RateLimiting;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Http;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Idempotency;

namespace Equaticket.Host.GraphQL;

/// <summary><c>POST /graphql</c>: one operation of the caller's own.</summary>
internal sealed class GraphQLEndpoint(
    DocumentCache documents,
    OperationExecutor executor,
    RateLimiter limiter,
    PublicAddress address)
{
    private static global::GraphQL.ExecutionResult NotExecuted { get; } = new();

    public async Task HandleAsync(HttpContext http)
    {
        var caller = CallerFeature.Of(http);
        var request = await ReadAsync(http);
        Answer answer;
        try
        {
            var operation = Prepare(http, request, caller);
            if (operation.Operation.IsCheckout && !caller.IsAuthenticated)
                await limiter.CountCheckoutAsync(http);
            answer = await executor.ExecuteAsync(operation, http.RequestAborted);
        }
        catch (InvalidDocumentException fault)
        {
            answer = GraphQLAnswers.Render(http, fault.Errors, NotExecuted);
        }
        await http.SendAsync(answer);
    }

    private OperationRequest Prepare(HttpContext http, GraphQLRequest request, Caller caller)
    {
        var operation = documents.Get(request.Query, request.OperationName);
        if (operation.Refusal(caller, request.Variables) is { } refusal)
            throw refusal;
        return new OperationRequest(
            operation,
            request.Variables,
            caller,
            address.For(http.Request),
            result => GraphQLAnswers.Render(http, result))
        {
            Claim = operation.IsMutation ? Claim(http.Request, request) : null,
        };
    }

    /// <summary>What a retry must repeat: document, operation name and variables.</summary>
    private static WriteClaim? Claim(HttpRequest http, GraphQLRequest request) =>
        WriteClaim.ReadKey(http.Headers[WriteClaim.Header]) is { } key
            ? WriteClaim.Of(
                key,
                http.Path.Value ?? "",
                request.Query,
                request.OperationName ?? "",
                request.CanonicalVariables)
            : null;

    private static async Task<GraphQLRequest> ReadAsync(HttpContext http)
    {
        using var body = RequestBody.Parse(
            await RequestBody.ReadAsync(http.Request, http.RequestAborted))
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
