using Equaticket.Host.RateLimiting;
using Equaticket.RestFacade.Http;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Idempotency;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary><c>/graphql</c>: one operation of the caller's own, by POST, or a query by GET.</summary>
internal sealed class GraphQLEndpoint(
    DocumentCache documents,
    OperationExecutor executor,
    RateLimiter limiter,
    PublicAddress address)
{
    private const string NoStore = "no-store";

    public async Task HandleAsync(HttpContext http)
    {
        var caller = CallerFeature.Of(http);
        CrossSiteGuard.Check(http.Request, caller);
        http.Response.Headers.CacheControl = NoStore;
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var request = await RequestReading.ReadAsync(http.Request);
        try
        {
            await HandleAsync(http, Prepare(http, request, caller));
        }
        catch (InvalidDocumentException fault)
        {
            await http.SendAsync(GraphQLAnswers.Render(http, fault));
        }
    }

    private async Task HandleAsync(HttpContext http, OperationRequest request)
    {
        if (request.Operation.IsMutation && !HttpMethods.IsPost(http.Request.Method))
        {
            await http.RefuseMethodAsync(HttpMethods.Post);
            return;
        }

        if (request.Operation.IsCheckout && !request.Caller.IsAuthenticated)
            await limiter.CountCheckoutAsync(http);
        var answer = await executor.ExecuteAsync(request, http.RequestAborted);
        await http.SendAsync(request.Operation.IsMutation
            ? answer
            : AnswerCompression.Compress(http, answer));
    }

    private OperationRequest Prepare(HttpContext http, GraphQLRequest request, Caller caller)
    {
        var operation = documents.Get(request.Query, request.OperationName);
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
}
