using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Idempotency;
using GraphQL;
using GraphQL.Validation;
using Microsoft.EntityFrameworkCore.Storage;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The one way to run an operation, whichever door it came through: check access, coerce the input,
/// and for a mutation open the transaction, claim the idempotency key, execute, render the answer,
/// keep it, check the API key once more and commit. Resolvers never open or commit a transaction.
/// </summary>
public sealed class OperationExecutor(
    SchemaEngine engine,
    TenantContexts contexts,
    RowStamps stamps,
    ApiKeyDirectory apiKeys,
    IdempotencyStore idempotency)
{
    private const int MaxAttempts = 3;
    private const string Effect = "effect";

    public async Task<Answer> ExecuteAsync(
        OperationRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation.Refusal(request.Caller, request.Variables) is { } refusal)
            return Refuse(request, refusal);
        return request.Operation.IsMutation
            ? await MutateAsync(request, cancellationToken)
            : await QueryAsync(request, cancellationToken);
    }

    private async Task<Answer> QueryAsync(
        OperationRequest request, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(request.Caller.Tenant);
        var context = Context(request, database);
        var input = await engine.CoerceAsync(request, context, cancellationToken);
        var answer = request.Render(input.IsValid
            ? await engine.RunAsync(request, input, context, cancellationToken)
            : new ExecutionResult { Errors = input.Errors });
        return await RefusalOfEndedKeyAsync(request) is { } refusal
            ? Refuse(request, refusal)
            : answer;
    }

    /// <summary>A key that ended while the request ran gets nothing any more.</summary>
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

    private async Task<Answer> MutateAsync(
        OperationRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var database = contexts.Lease(request.Caller.Tenant);
            var context = Context(request, database);
            var input = await engine.CoerceAsync(request, context, cancellationToken);
            if (!input.IsValid)
                return request.Render(new ExecutionResult { Errors = input.Errors });
            var answer = await TryMutateAsync(request, input, context, cancellationToken);
            if (!context.IsRetryable || attempt == MaxAttempts)
                return answer;
        }
    }

    private async Task<Answer> TryMutateAsync(
        OperationRequest request,
        IValidationResult input,
        OperationContext context,
        CancellationToken cancellationToken)
    {
        await using var transaction =
            await context.Database.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            if (await ClaimAsync(request, context, transaction, cancellationToken) is { } stored)
                return stored;
        }
        catch (ApiError refusal)
        {
            return Refuse(request, refusal);
        }

        var result = await engine.RunAsync(request, input, context, cancellationToken);
        var answer = request.Render(result);
        if (result.Errors is { Count: > 0 } errors)
        {
            if (request.Claim is null || context.IsRetryable || !IsFinal(errors))
                return answer;
            await transaction.RollbackToSavepointAsync(Effect, CancellationToken.None);
        }

        return await CommitAsync(request, answer, context, transaction);
    }

    /// <returns>The stored answer, or null when the operation is to be executed now.</returns>
    private async Task<Answer?> ClaimAsync(
        OperationRequest request,
        OperationContext context,
        IDbContextTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (request.Claim is not { } claim)
            return null;
        if (await idempotency.ClaimAsync(context.Database, claim, cancellationToken) is { } stored)
            return stored;
        await transaction.CreateSavepointAsync(Effect, cancellationToken);
        return null;
    }

    private static bool IsFinal(ExecutionErrors errors) =>
        errors.All(error => InputErrors.ToApiError(error).ErrorCode.IsFinal());

    /// <remarks>
    /// From here on the caller's hanging up no longer matters: a commit that was cut off half-way
    /// would leave nobody knowing whether it took effect.
    /// </remarks>
    private async Task<Answer> CommitAsync(
        OperationRequest request,
        Answer answer,
        OperationContext context,
        IDbContextTransaction transaction)
    {
        if (request.Claim is { } claim)
            await idempotency.KeepAsync(context.Database, claim, answer, CancellationToken.None);
        if (request.Caller.ApiKeyId is { } keyId
            && !await apiKeys.LockIfActiveAsync(context.Database, keyId, CancellationToken.None))
            return Refuse(request, ApiKeyDirectory.Revoked());
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }

    private OperationContext Context(OperationRequest request, EquaticketDbContext database) => new()
    {
        Caller = request.Caller,
        Database = database,
        Stamps = stamps,
        Urls = request.Urls,
    };

    private static Answer Refuse(OperationRequest request, ApiError error) =>
        request.Render(new ExecutionResult { Errors = [error] });
}
