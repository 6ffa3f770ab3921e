using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Http;
using Equaticket.RestFacade.Answers;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
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
        if (operation.Operation.Refusal(caller, Operation.NoVariables) is { } refusal)
            throw refusal;

        UsedScopes.Note(http, operation.Operation);
        var bytes = operation.Route.Method is "POST" or "PATCH"
            ? await RequestBody.ReadAsync(http.Request, http.RequestAborted)
            : default;
        var key = RestClaims.ReadKey(http.Request);
        using var body = RequestBody.Parse(bytes);
        var answer = await executor.ExecuteAsync(
            Request(http, caller, key, body?.RootElement ?? default), http.RequestAborted);
        await http.SendAsync(IsUnchanged(http.Request, answer) ? answer.NotModified() : answer);
    }

    private bool IsUnchanged(HttpRequest request, Answer answer) =>
        operation.Route.Method == "GET"
        && answer is { Status: StatusCodes.Status200OK, ETag: { } tag }
        && KnownTags.Contain(request, tag);

    private OperationRequest Request(
        HttpContext http, Caller caller, string? key, JsonElement body)
    {
        var answers = new RestAnswers(operation, http, caller.Livemode);
        try
        {
            return new OperationRequest(
                operation.Operation,
                operation.Binder.Bind(http.Request, body),
                caller,
                address.For(http.Request),
                answers.Render)
            {
                Claim = RestClaims.Claim(key, http.Request, body),
                Trace = operation.Operation.IsMutation ? Traces.Of(http) : null,
            };
        }
        catch (InvalidOperationException)
        {
            // In a member name, which System.Text.Json checks only when it is read.
            throw ApiError.Validation(null, "The body contains unpaired surrogates.");
        }
    }
}
