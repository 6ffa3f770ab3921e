using System.Diagnostics.CodeAnalysis;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>
/// What resolvers work with. One per operation; GraphQL.NET carries it as its user context.
/// </summary>
[SuppressMessage("Design", "CA1010", Justification = "The dictionary is GraphQL.NET's, unused.")]
public sealed class OperationContext : Dictionary<string, object?>
{
    private readonly Dictionary<string, object> _loaders = new();
    private readonly List<Action> _afterCommit = [];

    internal OperationContext(
        OperationRequest request, EquaticketDbContext database, RowStamps stamps) =>
        (Caller, Urls, StreamedEvent, Term, Database, Stamps) =
            (request.Caller, request.Urls, request.StreamedEvent, request.Term, database, stamps);

    public Caller Caller { get; }

    /// <summary>
    /// Sees the rows of one tenant alone: the caller's, or that of the event at which a buyer buys.
    /// Resolvers run one after another, so one is enough.
    /// </summary>
    public EquaticketDbContext Database { get; }

    public RowStamps Stamps { get; }

    public PublicUrls Urls { get; }

    /// <summary>Whose rows are read and written.</summary>
    /// <exception cref="InvalidOperationException">Nobody calls, on a field that lets nobody in.</exception>
    public TenantScope Tenant => Database.Tenant
        ?? throw new InvalidOperationException("The field needs a tenant but lets nobody in.");

    /// <summary>What has happened that a subscription is answered for; null for all else.</summary>
    public StreamedEvent? StreamedEvent { get; }

    /// <summary>Learns how long the answer holds; null where nobody keeps it.</summary>
    public AnswerTerm? Term { get; }

    /// <summary>
    /// What an earlier attempt of this same write has made and committed, to go on from; null for the
    /// first.
    /// </summary>
    public Guid? ResumedSubject { get; internal set; }

    /// <summary>
    /// The order or delivery that the answer shows, by which stored answers with buyer data are found.
    /// </summary>
    public Guid? Subject { get; set; }

    /// <summary>
    /// Set when the answer holds lists of others than its subject, such as all orders of an event.
    /// </summary>
    internal bool TellsOfMany { get; set; }

    /// <summary>Whether the executor runs the transaction again when that may succeed.</summary>
    internal bool MayRepeat { get; init; }

    /// <summary>Set when running the same transaction again may succeed.</summary>
    internal bool IsRetryable { get; set; }

    /// <summary>
    /// Set when the operation chose a unique name itself, so that losing a race for it is no conflict
    /// of the caller's but a reason to choose again.
    /// </summary>
    internal bool ChoosesUniqueName { get; set; }

    /// <summary>The transaction of a mutation; null in queries.</summary>
    internal WriteTransaction? Transaction { get; set; }

    public static OperationContext Of(IResolveFieldContext context) =>
        (OperationContext)context.UserContext;

    /// <summary>Does something once the transaction has committed, and only then.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>
    /// Commits what a mutation has made, before it calls somebody outside. No transaction is open
    /// until <see cref="ContinueAsync"/>.
    /// </summary>
    /// <param name="subject">What a retry goes on from, such as the id of the order.</param>
    /// <exception cref="ApiError">The caller's key has ended; nothing is committed.</exception>
    public Task CommitStepAsync(Guid subject) => Transaction!.CommitStepAsync(subject);

    /// <summary>Opens the transaction in which the outcome of the call is recorded.</summary>
    public Task ContinueAsync(CancellationToken cancellationToken) =>
        Transaction!.ContinueAsync(cancellationToken);

    internal void OnCommitted()
    {
        _afterCommit.ForEach(action => action());
        _afterCommit.Clear();
    }

    /// <summary>The one loader of that name in this operation.</summary>
    public BatchLoader<TKey, TValue> Loader<TKey, TValue>(
        string name,
        Func<IReadOnlyCollection<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>>
            fetch)
        where TKey : notnull
    {
        if (_loaders.TryGetValue(name, out var existing))
            return (BatchLoader<TKey, TValue>)existing;
        var loader = new BatchLoader<TKey, TValue>(fetch);
        _loaders.Add(name, loader);
        return loader;
    }
}
