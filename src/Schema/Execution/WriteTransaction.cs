using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Schema.ApiKeys;
using GraphQL;
using Microsoft.EntityFrameworkCore.Storage;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The transaction of a mutation, in steps if it calls an external service: local changes are committed before the
/// call, so that no transaction stays open during it and a retry can continue after a crash.
/// </summary>
/// <param name="request">The request to execute.</param>
/// <param name="database">The database context of the resolver.</param>
/// <param name="apiKeys">Checks that the caller's key is still valid before each commit.</param>
/// <param name="idempotency">Stores the response.</param>
public sealed class WriteTransaction(
    OperationRequest request,
    EquaticketDbContext database,
    ApiKeyDirectory apiKeys,
    IdempotencyStore idempotency) : IAsyncDisposable
{
    private const string Effect = "effect";
    private readonly List<Action> _afterCommit = [];

    private IDbContextTransaction? _open;
    private object? _rows;

    /// <summary>
    /// The resource that an earlier attempt of this write created and committed, to continue from; null for the first
    /// attempt.
    /// </summary>
    public Guid? Resumed { get; private set; }

    /// <summary>The order or delivery that the response shows, to find stored responses with buyer data.</summary>
    public Guid? Subject { get; set; }

    /// <summary>Set if the response lists rows besides its subject, such as all orders of an event.</summary>
    internal bool AnswerHasLists { get; set; }

    /// <summary>Set if running the same transaction again may succeed.</summary>
    internal bool RunAgain { get; set; }

    /// <summary>Whether database errors are no longer retried.</summary>
    internal bool IsLastAttempt { get; init; }

    /// <summary>
    /// Set if the operation generates a unique name, so that losing a race for it means choosing another name and not
    /// a conflict.
    /// </summary>
    internal bool GeneratesUniqueName { get; set; }

    /// <summary>Set if nothing is committed, because a transaction around this one is rolled back.</summary>
    internal bool IsRehearsal { get; init; }

    internal EquaticketDbContext Database => database;

    /// <summary>The resource created by the committed steps; null if none has committed.</summary>
    internal Guid? Committed { get; private set; }

    private bool HasCommitted => Committed is not null;

    /// <returns>The transaction of a mutation; null in queries and subscriptions.</returns>
    internal static WriteTransaction? Of(IResolveFieldContext context) =>
        OperationObjects.Find<WriteTransaction>(context);

    /// <summary>Runs an action after the transaction commits, and only then.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Opens the transaction, claims the idempotency key, and reads what the mutation reads first.</summary>
    /// <param name="resumed">The resource that an earlier attempt of this request has already created.</param>
    /// <param name="read">What the mutation reads first; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The stored response, or null if the operation must be executed.</returns>
    /// <exception cref="ApiError">The idempotency key is in use or belongs to a different request.</exception>
    internal async Task<Answer?> BeginAsync(Guid? resumed, FirstRead? read, CancellationToken cancellationToken)
    {
        // The transaction undoes failures, as a whole or back to the savepoint.
        database.Database.AutoSavepointsEnabled = false;
        await ContinueAsync(cancellationToken);
        Resumed = resumed;
        await using var first = new StatementBatch(database);
        var claim = request.Claim;
        if (claim is not null)
            idempotency.AddClaim(first, claim, savepoint: Effect);
        read?.Add(first);
        if (first.IsEmpty)
            return null;
        await using var results = await first.ReadAsync(cancellationToken);
        var found = claim is null
            ? null
            : await idempotency.ReadClaimAsync(results, claim, isOurs: resumed is not null, cancellationToken);
        Resumed ??= found?.Subject;
        if (found?.Answer is null && read is not null)
            _rows = await read.ReadAsync(results, cancellationToken);
        return found?.Answer;
    }

    /// <returns>What the mutation has read first.</returns>
    internal T Rows<T>() => (T)_rows!;

    /// <summary>Commits the changes so far. No transaction is open until <see cref="ContinueAsync"/>.</summary>
    /// <param name="subject">The resource from which a retry continues, such as the id of the order.</param>
    /// <exception cref="ApiError">The caller's key was revoked or expired; nothing is committed.</exception>
    public async Task CommitStepAsync(Guid subject)
    {
        await using var last = new StatementBatch(database);
        if (request.Claim is { } claim)
            idempotency.AddLease(last, claim, subject);
        if (!await IsKeyActiveAsync(last, HasCommitted ? null : request.Caller.ApiKeyId))
            throw ApiKeyDirectory.Revoked();
        await CommitAsync();
        Committed = subject;
    }

    /// <summary>Opens the transaction of the next step.</summary>
    public async Task ContinueAsync(CancellationToken cancellationToken) =>
        _open ??= IsRehearsal
            ? database.Database.CurrentTransaction
            : await database.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>Undoes the changes since the last commit, so that only the error is stored.</summary>
    internal async Task UndoAsync()
    {
        if (_open is null)
            return;
        database.ChangeTracker.Clear();
        database.Trace?.Rollback();
        if (HasCommitted)
            await EndAsync();
        else
            await _open.RollbackToSavepointAsync(Effect, CancellationToken.None);
    }

    /// <summary>Stores the response and commits the last step.</summary>
    /// <remarks>
    /// From here on the request is no longer cancelled when the caller disconnects: after an interrupted commit, it
    /// would be unknown whether it took effect. Work already started at an external service is recorded even if the key
    /// has been revoked or expired since.
    /// </remarks>
    internal async Task<Answer?> FinishAsync(Answer answer)
    {
        await ContinueAsync(CancellationToken.None);
        await using var last = new StatementBatch(database);
        if (request.Claim is { } claim)
        {
            var subject = AnswerHasLists ? IdempotencyStore.ManySubjects : Subject ?? Committed;
            idempotency.AddAnswer(last, claim, answer, subject);
        }

        var isActive = await IsKeyActiveAsync(last, request.Caller.ApiKeyId);
        if (isActive || HasCommitted)
            await CommitAsync();
        return isActive ? answer : null;
    }

    /// <summary>After a transient error, lets a retry continue immediately from the last commit.</summary>
    internal async Task ReleaseAsync()
    {
        await EndAsync();
        if (HasCommitted && request.Claim is { } claim)
            await IdempotencyStore.ReleaseAsync(database, claim, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    /// <summary>Sends the last statements before a commit; the check of the key comes after all others.</summary>
    private async Task<bool> IsKeyActiveAsync(StatementBatch last, Guid? keyId)
    {
        if (keyId is { } id)
            apiKeys.AddLock(last, database.Tenant!.Value.OrganizationId, id);
        if (last.IsEmpty)
            return true;
        await using var results = await last.ReadAsync(CancellationToken.None);
        return keyId is null || await results.ReadAsync(CancellationToken.None);
    }

    private async Task CommitAsync()
    {
        if (IsRehearsal)
            return;
        await _open!.CommitAsync(CancellationToken.None);
        database.Trace?.Commit();
        await EndAsync();
        _afterCommit.ForEach(action => action());
        _afterCommit.Clear();
    }

    private async Task EndAsync()
    {
        if (_open is not null && !IsRehearsal)
            await _open.DisposeAsync();
        _open = null;
        database.Trace?.Rollback();
    }
}
