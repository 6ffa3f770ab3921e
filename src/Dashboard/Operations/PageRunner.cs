using System.Buffers;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Operations;

/// <summary>The outcome of a page's operation: data or an error.</summary>
/// <param name="Data">Undefined if there is an error.</param>
/// <param name="Error">The error; its <c>param</c> is the name of a form field.</param>
public sealed record OperationResult(ResultNode Data, ApiError? Error);

/// <summary>Runs the operations of pages as the signed-in user.</summary>
public sealed class PageRunner(OperationExecutor executor, PublicAddress address, TimeProvider clock)
{
    /// <summary>How long a repeated POST waits for the first one to finish.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>In bytes: more than a page of 50 orders has.</summary>
    private const int UsualSize = 32 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="operation">The operation to run.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="claim">The idempotency claim of a write.</param>
    /// <param name="term">Records how long the response of a page that caches may store is valid.</param>
    public async Task<OperationResult> RunAsync(
        HttpContext http,
        PageOperation operation,
        Dictionary<string, object?> variables,
        WriteClaim? claim = null,
        AnswerTerm? term = null)
    {
        var request = new OperationRequest(
            operation.Operation,
            variables,
            CallerFeature.Of(http),
            address.For(http.Request),
            result => Render(http, operation, result))
        {
            Claim = claim,
            Term = term,
            Trace = operation.Operation.IsMutation ? Traces.Of(http) : null,
        };
        var start = clock.GetTimestamp();
        while (true)
        {
            var answer = await executor.ExecuteAsync(request, http.RequestAborted);
            if (answer.RetryAfter is null || answer.Error != ErrorCode.Conflict
                || clock.GetElapsedTime(start) > Patience)
                return Read(answer);
            await Task.Delay(Pause, clock, http.RequestAborted);
        }
    }

    private static Answer Render(HttpContext http, PageOperation operation, ExecutionResult result)
    {
        if (result.Errors is { Count: > 0 } errors)
        {
            var error = InputErrors.ToApiError(errors[0]);
            return ErrorEnvelope.Render(error.WithParam(operation.FieldOf(error)), http.TraceIdentifier);
        }

        var body = new ArrayBufferWriter<byte>(UsualSize);
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
            new ResultJson(json, useWireNames: true).Write((RootExecutionNode)result.Data!);
        return new Answer(StatusCodes.Status200OK, "application/json", body.WrittenMemory);
    }

    /// <remarks>Stored responses are parsed from their bytes like any other.</remarks>
    private static OperationResult Read(Answer answer)
    {
        var json = JsonElement.Parse(answer.Body.Span);
        if (answer.Status < StatusCodes.Status400BadRequest)
            return new OperationResult(new ResultNode(json), null);
        var error = json.GetProperty("error");
        return new OperationResult(default, ApiError.FromResponse(
            error.GetProperty("code").GetString()!,
            error.GetProperty("message").GetString()!,
            error.TryGetProperty("param", out var param) ? param.GetString() : null));
    }
}
