using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Plans;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using GraphQL;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

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
    private NpgsqlBatchCommand? _insert;
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

    /// <summary>Whether, and why, it runs again.</summary>
    public required Attempt Attempt { get; init; }

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
        (Resumed, var claim) = (resumed, request.Claim);
        await using var first = new StatementBatch(database);
        if (claim is null && read is null)
            return null;
        if (claim is not null)
            idempotency.AddClaim(first, claim, savepoint: Effect);
        read?.Add(first);
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

    /// <summary>
    /// Inserts the row that the mutation returns: when the transaction finishes if only scalars are selected, because
    /// nothing else is read for these.
    /// </summary>
    public async Task InsertAsync<TRow>(IResolveFieldContext context, TRow row, CancellationToken cancellationToken)
        where TRow : class, IOrganizationOwned
    {
        var insert = StatementBatch.Insert(database, row);
        if (context.SelectsOnlyScalars())
        {
            _insert = insert;
            return;
        }

        await using var batch = new StatementBatch(database);
        batch.Add(insert);
        await batch.ExecuteAsync(cancellationToken);
    }

    /// <summary>Whether an insert failed that was left to the end.</summary>
    internal bool IsInsert(PostgresException fault) => _insert is not null && fault.BatchCommand == _insert;

    /// <summary>Commits the changes so far. No transaction is open until <see cref="ContinueAsync"/>.</summary>
    /// <param name="subject">The resource from which a retry continues, such as the id of the order.</param>
    /// <exception cref="ApiError">The caller's key was revoked or expired; nothing is committed.</exception>
    public async Task CommitStepAsync(Guid subject)
    {
        await using var last = new StatementBatch(database);
        if (request.Claim is { } claim)
            idempotency.AddLease(last, claim, subject);
        if (!await CommitAsync(last, HasCommitted ? null : request.Caller.ApiKeyId, isKeyRequired: true))
            throw ApiKeyDirectory.Revoked();
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
        _insert = null;
        if (HasCommitted)
            await DisposeAsync();
        else
            await _open.RollbackToSavepointAsync(Effect, CancellationToken.None);
    }

    /// <summary>Stores the response and commits the last step.</summary>
    /// <remarks>
    /// A caller who disconnects no longer cancels the request: after an interrupted commit, it would be unknown whether
    /// it took effect. What was started at an external service is recorded even if the key was revoked since.
    /// </remarks>
    /// <returns>The response; null if the caller's key was revoked or expired.</returns>
    internal async Task<Answer?> FinishAsync(Answer answer)
    {
        await ContinueAsync(CancellationToken.None);
        await using var last = new StatementBatch(database);
        if (_insert is not null)
            last.Add(_insert);
        if (request.Claim is { } claim)
        {
            idempotency.AddAnswer(
                last, claim, answer, AnswerHasLists ? IdempotencyStore.ManySubjects : Subject ?? Committed);
        }

        return await CommitAsync(last, request.Caller.ApiKeyId, isKeyRequired: !HasCommitted) ? answer : null;
    }

    /// <summary>After a transient error, lets a retry continue immediately from the last commit.</summary>
    internal async Task ReleaseAsync()
    {
        await DisposeAsync();
        if (HasCommitted && request.Claim is { } claim)
            await IdempotencyStore.ReleaseAsync(database, claim, CancellationToken.None);
    }

    /// <returns>Whether the caller's key is active.</returns>
    private async Task<bool> CommitAsync(StatementBatch last, Guid? keyId, bool isKeyRequired)
    {
        var isActive = await apiKeys.FinishAsync(last, keyId, isKeyRequired, commits: !IsRehearsal);
        if (IsRehearsal || (isKeyRequired && !isActive))
            return isActive;
        database.Trace?.Commit();
        await DisposeAsync();
        _afterCommit.ForEach(action => action());
        _afterCommit.Clear();
        return isActive;
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null && !IsRehearsal)
            await _open.DisposeAsync();
        _open = null;
        database.Trace?.Rollback();
    }
}
