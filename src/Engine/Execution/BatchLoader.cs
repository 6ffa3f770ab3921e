using GraphQL;
using GraphQL.DataLoader;

namespace Equaticket.Engine.Execution;

/// <summary>
/// Collects keys while a level of a query is resolved, and reads them all in one statement when the
/// first value is needed. Lives as long as its operation.
/// </summary>
/// <param name="fetch">Reads the values of the keys; keys without a value may be omitted.</param>
public sealed class BatchLoader<TKey, TValue>(
    Func<IReadOnlyCollection<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> fetch)
    where TKey : notnull
{
    private Batch? _open;
    private Batch? _whole;

    public IDataLoaderResult Load(TKey key) => Load(key, value => value);

    /// <param name="key">The key of the value.</param>
    /// <param name="show">Maps the value, which may be missing, to the field's result.</param>
    public IDataLoaderResult Load(TKey key, Func<TValue?, object?> show)
    {
        if (_whole?.Keys.Contains(key) == true)
            return new Pending(this, _whole, key, show);
        _open ??= new Batch();
        _open.Keys.Add(key);
        return new Pending(this, _open, key, show);
    }

    /// <summary>
    /// Reads the values of all keys. If that fails, loading one of these keys later fails with the same error, without
    /// another attempt.
    /// </summary>
    internal Task<IReadOnlyDictionary<TKey, TValue>> LoadAllAsync(
        HashSet<TKey> keys, CancellationToken cancellationToken)
    {
        if (_whole?.Keys.SetEquals(keys) != true)
            _whole = new Batch { Keys = keys };
        return _whole.Values ??= fetch(keys, cancellationToken);
    }

    private async Task<TValue?> Get(Batch batch, TKey key, CancellationToken cancellationToken)
    {
        if (_open == batch)
            _open = null;
        batch.Values ??= fetch(batch.Keys, cancellationToken);
        return (await batch.Values).TryGetValue(key, out var value) ? value : default;
    }

    private sealed class Batch
    {
        public HashSet<TKey> Keys { get; init; } = [];

        public Task<IReadOnlyDictionary<TKey, TValue>>? Values { get; set; }
    }

    private sealed class Pending(
        BatchLoader<TKey, TValue> loader, Batch batch, TKey key, Func<TValue?, object?> show)
        : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            show(await loader.Get(batch, key, cancellationToken));
    }
}

/// <summary>The loaders of one operation, by name.</summary>
public sealed class BatchLoaders
{
    private readonly Dictionary<string, object> _loaders = [];

    public static BatchLoaders Of(IResolveFieldContext context) => OperationObjects.Find<BatchLoaders>(context)!;

    /// <summary>The loader with that name in this operation.</summary>
    public BatchLoader<TKey, TValue> Get<TKey, TValue>(
        string name,
        Func<IReadOnlyCollection<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> fetch)
        where TKey : notnull
    {
        if (_loaders.TryGetValue(name, out var existing))
            return (BatchLoader<TKey, TValue>)existing;
        var loader = new BatchLoader<TKey, TValue>(fetch);
        _loaders.Add(name, loader);
        return loader;
    }
}
