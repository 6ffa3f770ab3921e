using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Replicas;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using GraphQL;
using GraphQL.Validation;
using Npgsql;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Runs a mutation: opens the transaction, claims the idempotency key, executes, renders, and stores the response,
/// rechecks the API key, and commits. Resolvers never open or commit a transaction; those that call an external
/// service request steps (<see cref="WriteTransaction.CommitStepAsync"/>).
/// </summary>
public sealed class MutationExecutor(
    SchemaEngine engine,
    TenantContexts contexts,
    ApiKeyDirectory apiKeys,
    IdempotencyStore idempotency,
    ReplicaPool replicas)
{
    public async Task<Answer> ExecuteAsync(
        OperationRequest request, CancellationToken cancellationToken)
    {
        var input = await engine.CoerceAsync(request, cancellationToken);
        if (!input.IsValid)
            return request.Render(new ExecutionResult { Errors = input.Errors });
        TenantScope? tenant;
        try
        {
            (tenant, request) = await BuyerTarget.ApplyAsync(contexts, request, input, cancellationToken);
        }
        catch (ApiError refusal)
        {
            return Refuse(request, refusal);
        }

        var answer = await RepeatAsync(request, input, tenant, cancellationToken);
        // Also after a replay or an error, because both may show the caller an earlier write.
        return tenant is null || await replicas.AnnounceAsync(tenant.Value.OrganizationId)
            ? answer
            : Refuse(request, ApiError.Unavailable());
    }

    /// <summary>Retries after a deadlock, or after losing a race for a generated name.</summary>
    private Task<Answer> RepeatAsync(
        OperationRequest request,
        IValidationResult input,
        TenantScope? tenant,
        CancellationToken cancellationToken)
    {
        Guid? resumed = null;
        return Attempts.RunAsync(async attempt =>
        {
            await using var database = contexts.Lease(tenant);
            database.Trace = request.Trace;
            await using var write = new WriteTransaction(request, database, apiKeys, idempotency)
            {
                Attempt = attempt,
            };
            try
            {
                return await TryAsync(request, input, write, resumed, cancellationToken);
            }
            finally
            {
                resumed = write.Committed ?? resumed;
            }
        });
    }

    internal async Task<Answer> TryAsync(
        OperationRequest request,
        IValidationResult input,
        WriteTransaction write,
        Guid? resumed,
        CancellationToken cancellationToken)
    {
        try
        {
            var read = FirstRead.Of(request.Operation, input);
            if (await write.BeginAsync(resumed, read, cancellationToken) is { } stored)
            {
                await AwaitDiskAsync(write);
                return stored;
            }
        }
        catch (ApiError refusal)
        {
            return Refuse(request, refusal);
        }

        var result = await engine.RunAsync(request, input, write.Database, write, cancellationToken);
        return await FinishAsync(request, write, result);
    }

    /// <summary>
    /// Waits until a stored response is on disk. The transaction that stored it may have released its locks before.
    /// </summary>
    private static async Task AwaitDiskAsync(WriteTransaction write)
    {
        if (write.IsRehearsal)
            return;
        await using var last = new StatementBatch(write.Database);
        last.AddFlush();
        await last.CommitAsync(CancellationToken.None);
    }

    private async Task<Answer> FinishAsync(OperationRequest request, WriteTransaction write, ExecutionResult result)
    {
        var answer = request.Render(result);
        if (result.Errors is { Count: > 0 } errors)
        {
            if (request.Claim is null || write.Attempt.RunAgain || !IsFinal(errors))
            {
                await write.ReleaseAsync();
                return answer;
            }

            await write.UndoAsync();
        }

        try
        {
            return await write.FinishAsync(answer)
                ?? Refuse(request, ApiKeyDirectory.Revoked());
        }
        catch (PostgresException fault) when (write.IsInsert(fault))
        {
            return await FinishAsync(request, write, engine.Fail(request, write, fault));
        }
    }

    private static bool IsFinal(ExecutionErrors errors) =>
        errors.All(error => InputErrors.ToApiError(error).ErrorCode.IsFinal());

    /// <remarks>An error with a path belongs to a field, so the operation counts as executed.</remarks>
    private static Answer Refuse(OperationRequest request, ApiError error) =>
        request.Render(new ExecutionResult { Errors = [error], Executed = error.Path is not null });
}
