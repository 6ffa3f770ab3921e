using Equaticket.Engine.Errors;
using Equaticket.Schema.ApiKeys;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The only way to run an operation, through GraphQL, REST or the dashboard: checks access, coerces the input,
/// executes, renders the response, and rechecks that the caller's key is still valid.
/// </summary>
public sealed class OperationExecutor(
    SchemaEngine engine,
    ApiKeyDirectory apiKeys,
    QueryExecutor queries,
    MutationExecutor mutations,
    OperationTelemetry telemetry)
{
    public Task<Answer> ExecuteAsync(OperationRequest request, CancellationToken cancellationToken) =>
        telemetry.IsListening
            ? telemetry.ObserveAsync(request.Operation, () => RunAsync(request, cancellationToken))
            : RunAsync(request, cancellationToken);

    /// <returns>The error response that execution would return for the input; null if the input is valid.</returns>
    public async Task<Answer?> RefusalOfInputAsync(
        OperationRequest request, CancellationToken cancellationToken)
    {
        var input = await engine.CoerceAsync(request, cancellationToken);
        return input.IsValid ? null : request.Render(new ExecutionResult { Errors = input.Errors });
    }

    private async Task<Answer> RunAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation.Refusal(request.Caller, request.Variables) is { } refusal)
            return Refuse(request, refusal);
        var answer = request.Operation.IsMutation
            ? await mutations.ExecuteAsync(request, cancellationToken)
            : await queries.ExecuteAsync(request, cancellationToken);
        return !HasCommitted(request, answer) && await RefusalOfEndedKeyAsync(request) is { } end
            ? Refuse(request, end)
            : answer;
    }

    /// <summary>Whether a write has committed. It has then rechecked its key in its transaction.</summary>
    private static bool HasCommitted(OperationRequest request, Answer answer) =>
        request.Operation.IsMutation && answer is { IsReplay: false, Error: null };

    /// <summary>Withholds the response from a key that was revoked or expired while the request ran.</summary>
    private async Task<ApiError?> RefusalOfEndedKeyAsync(OperationRequest request)
    {
        try
        {
            if (request.Caller.Key is { } key)
                await apiKeys.RequireStillActiveAsync(key);
            return null;
        }
        catch (ApiError refusal)
        {
            return refusal;
        }
    }

    private static Answer Refuse(OperationRequest request, ApiError error) =>
        request.Render(new ExecutionResult { Errors = [error] });
}
