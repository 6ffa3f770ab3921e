using Equaticket.Engine.Errors;
using Equaticket.Schema.ApiKeys;
using Microsoft.EntityFrameworkCore.Storage;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The transaction of a mutation, and its steps where it calls somebody outside: what was made
/// locally is committed before the call, so that no transaction stays open over it and a crash leaves
/// something to go on from.
/// </summary>
/// <param name="request">What is executed.</param>
/// <param name="context">What the resolver works with.</param>
/// <param name="apiKeys">Looks whether the caller's key still holds before something commits.</param>
/// <param name="idempotency">Keeps the answer.</param>
internal sealed class WriteTransaction(
    OperationRequest request,
    OperationContext context,
    ApiKeyDirectory apiKeys,
    IdempotencyStore idempotency) : IAsyncDisposable
{
    private const string Effect = "effect";

    private IDbContextTransaction? _open;

    /// <summary>What the steps that have committed made; null while none has.</summary>
    public Guid? Subject { get; private set; }

    private bool HasCommitted => Subject is not null;

    /// <summary>Opens the transaction and claims the idempotency key.</summary>
    /// <param name="resumed">What an attempt of this same request has already made.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>The stored answer, or null when the operation is to be executed now.</returns>
    /// <exception cref="ApiError">The key is taken.</exception>
    public async Task<Answer?> BeginAsync(Guid? resumed, CancellationToken cancellationToken)
    {
        _open = await context.Database.Database.BeginTransactionAsync(cancellationToken);
        context.ResumedSubject = resumed;
        if (request.Claim is not { } claim)
            return null;
        var found = await idempotency.ClaimAsync(
            context.Database, claim, isOurs: resumed is not null, cancellationToken);
        context.ResumedSubject ??= found?.Subject;
        if (found?.Answer is { } stored)
            return stored;
        await _open.CreateSavepointAsync(Effect, cancellationToken);
        return null;
    }

    /// <summary>
    /// Commits what was made so far. Until <see cref="ContinueAsync"/> there is no transaction.
    /// </summary>
    /// <param name="subject">What a retry goes on from, such as the id of the order.</param>
    /// <exception cref="ApiError">The caller's key has ended; nothing is committed.</exception>
    public async Task CommitStepAsync(Guid subject)
    {
        if (request.Claim is { } claim)
            await idempotency.LeaseAsync(context.Database, claim, subject, CancellationToken.None);
        if (!HasCommitted && !await IsKeyActiveAsync())
            throw ApiKeyDirectory.Revoked();
        await CommitAsync();
        Subject = subject;
    }

    /// <summary>Opens the transaction of the next step.</summary>
    public async Task ContinueAsync(CancellationToken cancellationToken) =>
        _open ??= await context.Database.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>Undoes what was done since the last commit, so that an error alone is kept.</summary>
    public async Task UndoAsync()
    {
        if (_open is null)
            return;
        context.Database.ChangeTracker.Clear();
        if (HasCommitted)
            await EndAsync();
        else
            await _open.RollbackToSavepointAsync(Effect, CancellationToken.None);
    }

    /// <summary>Keeps the answer and commits the last step.</summary>
    /// <remarks>
    /// From here on the caller's hanging up no longer matters: a commit that was cut off half-way
    /// would leave nobody knowing whether it took effect. What was begun outside is recorded also when
    /// the key has ended since.
    /// </remarks>
    public async Task<Answer?> FinishAsync(Answer answer)
    {
        await ContinueAsync(CancellationToken.None);
        if (request.Claim is { } claim)
        {
            var subject = context.TellsOfMany ? IdempotencyStore.ManySubjects : context.Subject ?? Subject;
            await idempotency.KeepAsync(
                context.Database, claim, answer, subject, CancellationToken.None);
        }

        var isActive = await IsKeyActiveAsync();
        if (isActive || HasCommitted)
            await CommitAsync();
        return isActive ? answer : null;
    }

    /// <summary>Lets a retry go on at once from what was committed, after an error that may pass.</summary>
    public async Task ReleaseAsync()
    {
        await EndAsync();
        if (HasCommitted && request.Claim is { } claim)
            await IdempotencyStore.ReleaseAsync(context.Database, claim, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task<bool> IsKeyActiveAsync() =>
        request.Caller.ApiKeyId is not { } keyId
        || await apiKeys.LockIfActiveAsync(context.Database, keyId, CancellationToken.None);

    private async Task CommitAsync()
    {
        await _open!.CommitAsync(CancellationToken.None);
        await EndAsync();
        context.OnCommitted();
    }

    private async Task EndAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        _open = null;
    }
}
