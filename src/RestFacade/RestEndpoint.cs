using System.Text.Json;
using Equaticket.RestFacade.Answers;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Http;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade;

/// <summary>Runs one route: the checks in the documented order, then the operation.</summary>
internal sealed class RestEndpoint(
    RestOperation operation, OperationExecutor executor, PublicAddress address)
{
    public async Task HandleAsync(HttpContext http)
    {
        var caller = CallerFeature.Of(http);
        if (operation.Route.IsPublic)
            PublicCors.Allow(http.Response);
        if (operation.Operation.Refusal(caller, Operation.NoVariables) is { } refusal)
            throw refusal;

        using var body = operation.Route.Method is "POST" or "PATCH"
            ? await RequestBody.ReadJsonAsync(http.Request, http.RequestAborted)
            : null;
        var answers = new RestAnswers(
            operation, http.Request.Path, http.TraceIdentifier, caller.Livemode);
        var answer = await executor.ExecuteAsync(
            new OperationRequest(
                operation.Operation,
                Bind(http.Request, body),
                caller,
                address.For(http.Request),
                answers.Render),
            http.RequestAborted);
        if (operation.Route.IsPublic && answer.Status == StatusCodes.Status200OK)
            http.Response.Headers.CacheControl = PublicCors.CacheControl;
        await http.SendAsync(answer);
    }

    private Dictionary<string, object?> Bind(HttpRequest request, JsonDocument? body)
    {
        try
        {
            return operation.Binder.Bind(
                request.RouteValues, request.Query, body?.RootElement ?? default);
        }
        catch (InvalidOperationException fault) when (fault is not ObjectDisposedException)
        {
            // System.Text.Json finds half a surrogate pair only when a text is read.
            throw ApiError.Validation(null, "The body holds unpaired surrogates.");
        }
    }
}
