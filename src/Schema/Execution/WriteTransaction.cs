using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Schema.ApiKeys;
using GraphQL;
using Microsoft.EntityFrameworkCore.Storage;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The transaction of a mutation, and its steps where it calls somebody outside: what was made
/// locally is committed before the call, so that no transaction stays open over it and a crash leaves
/// something to go on from.
/// </summary>
/// <param name="request">What is executed.</param>
/// <param name="database">What the resolver writes with.</param>
/// <param name="apiKeys">Looks whether the caller's key still holds before something commits.</param>
/// <param name="idempotency">Keeps the answer.</param>
public sealed class WriteTransaction(
    OperationRequest request,
    EquaticketDbContext database,
    ApiKeyDirectory apiKeys,
    IdempotencyStore idempotency) : IAsyncDisposable
{
    private const string Effect = "effect";

    private readonly List<Action> _afterCommit = [];

    private IDbContextTransaction? _open;

    /// <summary>
    /// What an earlier attempt of this same write has made and committed, to go on from; null for the first.
    /// </summary>
    public Guid? Resumed { get; private set; }

    /// <summary>
    /// The order or delivery that the answer shows, by which stored answers with buyer data are found.
    /// </summary>
    public Guid? Subject { get; set; }

    /// <summary>Set when the answer lists rows besides its subject, such as all orders of an event.</summary>
    internal bool AnswerHasLists { get; set; }

    /// <summary>Set when running the same transaction again may succeed.</summary>
    internal bool RunAgain { get; set; }

    /// <summary>Whether this is the last attempt after faults of the database.</summary>
    internal bool IsLastAttempt { get; init; }

    /// <summary>
    /// Set when the operation generates a unique name, so that losing a race for it is a reason to choose
    /// another and not a conflict.
    /// </summary>
    internal bool GeneratesUniqueName { get; set; }

    internal EquaticketDbContext Database => database;

    /// <summary>What the steps that have committed made; null while none has.</summary>
    internal Guid? Committed { get; private set; }

    private bool HasCommitted => Committed is not null;

    /// <returns>The transaction of a mutation; null in queries and subscriptions.</returns>
    internal static WriteTransaction? Of(IResolveFieldContext context) =>
        OperationObjects.Find<WriteTransaction>(context);

    /// <summary>Does something once the transaction has committed, and only then.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Opens the transaction and claims the idempotency key.</summary>
    /// <param name="resumed">What an attempt of this same request has already made.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>The stored answer, or null when the operation is to be executed now.</returns>
    /// <exception cref="ApiError">The key is taken.</exception>
    internal async Task<Answer?> BeginAsync(Guid? resumed, CancellationToken cancellationToken)
    {
        // What fails is undone by the transaction, or to its own savepoint.
        database.Database.AutoSavepointsEnabled = false;
        _open = await database.Database.BeginTransactionAsync(cancellationToken);
        Resumed = resumed;
        if (request.Claim is not { } claim)
            return null;
        var found = await idempotency.ClaimAsync(
            database, claim, isOurs: resumed is not null, savepoint: Effect, cancellationToken);
        Resumed ??= found?.Subject;
        return found?.Answer;
    }

    /// <summary>
    /// Commits what was made so far. Until <see cref="ContinueAsync"/> there is no transaction.
    /// </summary>
    /// <param name="subject">What a retry goes on from, such as the id of the order.</param>
    /// <exception cref="ApiError">The caller's key has ended; nothing is committed.</exception>
    public async Task CommitStepAsync(Guid subject)
    {
        await using var last = new StatementBatch(database);
        if (request.Claim is { } claim)
            idempotency.AddLease(last, database.Tenant!.Value, claim, subject);
        if (!await IsKeyActiveAsync(last, HasCommitted ? null : request.Caller.ApiKeyId))
            throw ApiKeyDirectory.Revoked();
        await CommitAsync();
        Committed = subject;
    }

    /// <summary>Opens the transaction of the next step.</summary>
    public async Task ContinueAsync(CancellationToken cancellationToken) =>
        _open ??= await database.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>Undoes what was done since the last commit, so that an error alone is kept.</summary>
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

    /// <summary>Keeps the answer and commits the last step.</summary>
    /// <remarks>
    /// From here on the caller's hanging up no longer matters: a commit that was cut off half-way
    /// would leave nobody knowing whether it took effect. What was begun outside is recorded also when
    /// the key has ended since.
    /// </remarks>
    internal async Task<Answer?> FinishAsync(Answer answer)
    {
        await ContinueAsync(CancellationToken.None);
        await using var last = new StatementBatch(database);
        if (request.Claim is { } claim)
        {
            var subject = AnswerHasLists ? IdempotencyStore.ManySubjects : Subject ?? Committed;
            idempotency.AddAnswer(last, database.Tenant!.Value, claim, answer, subject);
        }

        var isActive = await IsKeyActiveAsync(last, request.Caller.ApiKeyId);
        if (isActive || HasCommitted)
            await CommitAsync();
        return isActive ? answer : null;
    }

    /// <summary>Lets a retry go on at once from what was committed, after an error that may pass.</summary>
    internal async Task ReleaseAsync()
    {
        await EndAsync();
        if (HasCommitted && request.Claim is { } claim)
            await IdempotencyStore.ReleaseAsync(database, claim, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    /// <summary>Sends the last statements before a commit, with the check of a key after all others.</summary>
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
        await _open!.CommitAsync(CancellationToken.None);
        database.Trace?.Commit();
        await EndAsync();
        _afterCommit.ForEach(action => action());
        _afterCommit.Clear();
    }

    private async Task EndAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        _open = null;
        database.Trace?.Rollback();
    }
}
