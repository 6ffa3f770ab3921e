using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Host.Explorer;
using Equaticket.Host.GraphQL.Streaming;
using Equaticket.Host.RateLimiting;
using Equaticket.Http;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// <c>/graphql</c>: runs one operation, sent with POST, or with GET if it is not a mutation. Browsers get a
/// page.
/// </summary>
internal sealed class GraphQLEndpoint(
    KnownDocuments known,
    DocumentCache documents,
    OperationExecutor executor,
    SubscriptionStreams streams,
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
            await CountAsync(http, isCheckout: false);
            await ExplorerPage.SendAsync(http);
            return;
        }

        CrossSiteGuard.Check(http.Request, CallerFeature.Of(http));
        http.Response.Headers.CacheControl = NoStore;
        var request = await ReadAsync(http);
        try
        {
            await HandleAsync(http, request);
        }
        catch (UnknownDocumentException)
        {
            await AnswerAsync(http, GraphQLAnswers.RenderUnknownDocument(http));
        }
        catch (InvalidDocumentException fault)
        {
            await AnswerAsync(http, GraphQLAnswers.Render(http, fault));
        }
        catch (ApiError refusal) when (MediaTypes.WantsStream(http.Request) && BelongsOnStream(refusal))
        {
            await SubscriptionStreams.SendAsync(http, GraphQLAnswers.Render(http, refusal));
        }
    }

    /// <summary>
    /// Whether the error is in the request. Stream clients treat an error status as a network failure and
    /// retry; errors within a stream reach the caller.
    /// </summary>
    private static bool BelongsOnStream(ApiError refusal) =>
        refusal.ErrorCode is ErrorCode.ValidationError or ErrorCode.Forbidden or ErrorCode.NotFound;

    private async Task HandleAsync(HttpContext http, GraphQLRequest request)
    {
        var (document, prepared) = await PrepareAsync(http, request);
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
        UsedScopes.Note(http, operation);
        var run = Bind(http, request, operation, caller) with
        {
            Claim = operation.IsMutation ? Claim(http.Request, request, document, caller) : null,
            Trace = operation.IsMutation ? Traces.Of(http) : null,
        };
        costs.Check(http, prepared, run);
        if (CostLimit.IsValidation(http.Request))
            await AnswerAsync(http, await ValidateAsync(http, run));
        else if (operation.IsSubscription)
            await SubscribeAsync(http, run);
        else
            await AnswerAsync(http, await ExecuteAsync(http, run));
    }

    private async Task<GraphQLRequest> ReadAsync(HttpContext http)
    {
        try
        {
            return await RequestReading.ReadAsync(http.Request);
        }
        catch (ApiError)
        {
            await CountAsync(http, isCheckout: false);
            throw;
        }
    }

    private async Task<(DocumentText, PreparedOperation)> PrepareAsync(HttpContext http, GraphQLRequest request)
    {
        var isCheckout = false;
        try
        {
            var document = known.Find(request);
            var prepared = documents.Get(document, request.OperationName);
            isCheckout = prepared.Operation.IsCheckout();
            return (document, prepared);
        }
        finally
        {
            await CountAsync(http, isCheckout);
        }
    }

    /// <summary>
    /// Counts a caller without a key or session as soon as the rate limit that applies is known. An exhausted limit
    /// takes precedence over any other error.
    /// </summary>
    private async Task CountAsync(HttpContext http, bool isCheckout)
    {
        if (!CallerFeature.Of(http).IsAuthenticated)
            await (isCheckout ? limiter.CountCheckoutAsync(http) : limiter.CountPublicAsync(http));
    }

    private async Task<Answer> ValidateAsync(HttpContext http, OperationRequest run) =>
        await executor.RefusalOfInputAsync(run, http.RequestAborted) ?? GraphQLAnswers.RenderCost(http);

    private Task SubscribeAsync(HttpContext http, OperationRequest run) =>
        MediaTypes.TakesStream(http.Request) && !HttpMethods.IsHead(http.Request.Method)
            ? streams.SendAsync(http, run)
            : throw ApiError.Validation(
                "Accept", $"Subscriptions require GET or POST and Accept: {MediaTypes.EventStream}.");

    private static Task AnswerAsync(HttpContext http, Answer answer) =>
        MediaTypes.WantsStream(http.Request)
            ? SubscriptionStreams.SendAsync(http, answer)
            : http.SendAsync(answer);

    private async Task<Answer> ExecuteAsync(HttpContext http, OperationRequest run)
    {
        var answer = await executor.ExecuteAsync(run, http.RequestAborted);
        return run.Operation.IsMutation || MediaTypes.WantsStream(http.Request)
            ? answer
            : AnswerCompression.Compress(http, answer);
    }

    private OperationRequest Bind(
        HttpContext http, GraphQLRequest request, Operation operation, Caller caller) => new(
        operation,
        request.Variables,
        caller,
        address.For(http.Request),
        result => GraphQLAnswers.Render(http, result));

    /// <summary>
    /// The request that a retry must repeat: document (sent or referenced), operation name and variables.
    /// </summary>
    private static WriteClaim? Claim(
        HttpRequest http, GraphQLRequest request, DocumentText document, Caller caller) =>
        WriteClaim.ReadKey(
            http.Headers[WriteClaim.Header], isShared: !caller.IsAuthenticated) is { } key
            ? WriteClaim.Of(
                key,
                http.Path.Value ?? "",
                document.Text,
                request.OperationName ?? "",
                request.CanonicalVariables)
            : null;
}
