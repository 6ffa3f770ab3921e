using System.Diagnostics.CodeAnalysis;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Loading;
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

    public required Caller Caller { get; init; }

    /// <summary>Sees the caller's rows alone. Resolvers run one after another, so one is enough.</summary>
    public required EquaticketDbContext Database { get; init; }

    public required RowStamps Stamps { get; init; }

    public required PublicUrls Urls { get; init; }

    /// <summary>The caller's scope.</summary>
    /// <exception cref="InvalidOperationException">Nobody calls, on a field that lets nobody in.</exception>
    public TenantScope Tenant => Caller.Tenant
        ?? throw new InvalidOperationException("The field needs a tenant but lets nobody in.");

    /// <summary>Set when running the same transaction again may succeed.</summary>
    internal bool IsRetryable { get; set; }

    /// <summary>
    /// Set when the operation chose a unique name itself, so that losing a race for it is no conflict
    /// of the caller's but a reason to choose again.
    /// </summary>
    internal bool ChoosesUniqueName { get; set; }

    public static OperationContext Of(IResolveFieldContext context) =>
        (OperationContext)context.UserContext;

    /// <summary>Does something once the transaction has committed, and only then.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void OnCommitted() => _afterCommit.ForEach(action => action());

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
