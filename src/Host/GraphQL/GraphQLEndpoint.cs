using Equaticket.Host.Explorer;
using Equaticket.Host.RateLimiting;
using Equaticket.RestFacade.Http;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Idempotency;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// <c>/graphql</c>: one operation of the caller's own, by POST, or a query by GET. Browsers get a page.
/// </summary>
internal sealed class GraphQLEndpoint(
    KnownDocuments known,
    DocumentCache documents,
    OperationExecutor executor,
    RateLimiter limiter,
    CostLimit costs,
    PublicAddress address)
{
    private const string NoStore = "no-store";

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!HttpMethods.IsPost(http.Request.Method) && MediaTypes.WantsPage(http.Request))
        {
            await ExplorerPage.SendAsync(http);
            return;
        }

        CrossSiteGuard.Check(http.Request, CallerFeature.Of(http));
        http.Response.Headers.CacheControl = NoStore;
        try
        {
            await HandleAsync(http, await RequestReading.ReadAsync(http.Request));
        }
        catch (UnknownDocumentException)
        {
            await http.SendAsync(GraphQLAnswers.RenderUnknownDocument(http));
        }
        catch (InvalidDocumentException fault)
        {
            await http.SendAsync(GraphQLAnswers.Render(http, fault));
        }
    }

    private async Task HandleAsync(HttpContext http, GraphQLRequest request)
    {
        var document = known.Find(request);
        var prepared = documents.Get(document, request.OperationName);
        known.Remember(request, document);
        var operation = prepared.Operation;
        if (operation.IsMutation && !HttpMethods.IsPost(http.Request.Method))
        {
            await http.RefuseMethodAsync(HttpMethods.Post);
            return;
        }

        var caller = CallerFeature.Of(http);
        if (operation.Refusal(caller, request.Variables) is { } refusal)
            throw refusal;
        var run = Bind(http, request, operation, caller) with
        {
            Claim = operation.IsMutation ? Claim(http.Request, request, document) : null,
        };
        costs.Check(http, prepared, run);
        await http.SendAsync(CostLimit.IsValidation(http.Request)
            ? GraphQLAnswers.RenderUnexecuted(http)
            : await ExecuteAsync(http, run));
    }

    private async Task<Answer> ExecuteAsync(HttpContext http, OperationRequest run)
    {
        if (run.Operation.IsCheckout && !run.Caller.IsAuthenticated)
            await limiter.CountCheckoutAsync(http);
        var answer = await executor.ExecuteAsync(run, http.RequestAborted);
        return run.Operation.IsMutation ? answer : AnswerCompression.Compress(http, answer);
    }

    private OperationRequest Bind(
        HttpContext http, GraphQLRequest request, Operation operation, Caller caller) => new(
        operation,
        request.Variables,
        caller,
        address.For(http.Request),
        result => GraphQLAnswers.Render(http, result));

    /// <summary>
    /// What a retry must repeat: document, whether sent or named, operation name and variables.
    /// </summary>
    private static WriteClaim? Claim(
        HttpRequest http, GraphQLRequest request, DocumentText document) =>
        WriteClaim.ReadKey(http.Headers[WriteClaim.Header]) is { } key
            ? WriteClaim.Of(
                key,
                http.Path.Value ?? "",
                document.Text,
                request.OperationName ?? "",
                request.CanonicalVariables)
            : null;
}
