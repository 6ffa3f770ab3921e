using GraphQL;
using GraphQL.DataLoader;

namespace Equaticket.Engine.Execution;

/// <summary>
/// Collects keys while a level of a query is resolved, and reads them all in one statement when the
/// first value is needed. Lives as long as its operation.
/// </summary>
/// <param name="prepare">Prepares to read the values of the keys.</param>
public sealed class BatchLoader<TKey, TValue>(PrepareBatch<TKey, TValue> prepare)
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
        _open ??= new Batch(prepare, []);
        _open.Keys.Add(key);
        return new Pending(this, _open, key, show);
    }

    /// <summary>Prepares to read the values of all keys.</summary>
    /// <returns>
    /// Reads the values. If that fails, loading one of these keys later fails with the same error, without another
    /// attempt.
    /// </returns>
    internal Func<CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> PrepareAll(HashSet<TKey> keys)
    {
        if (_whole?.Keys.SetEquals(keys) != true)
            _whole = new Batch(prepare, keys);
        _whole.Prepare();
        return _whole.ReadAsync;
    }

    private async Task<TValue?> Get(Batch batch, TKey key, CancellationToken cancellationToken)
    {
        if (_open == batch)
            _open = null;
        return (await batch.ReadAsync(cancellationToken)).TryGetValue(key, out var value) ? value : default;
    }

    private sealed class Batch(PrepareBatch<TKey, TValue> prepare, HashSet<TKey> keys)
    {
        private Func<CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>>? _read;
        private Task<IReadOnlyDictionary<TKey, TValue>>? _values;

        public HashSet<TKey> Keys => keys;

        public void Prepare() => _read ??= prepare(keys);

        public Task<IReadOnlyDictionary<TKey, TValue>> ReadAsync(CancellationToken cancellationToken)
        {
            Prepare();
            return _values ??= _read!(cancellationToken);
        }
    }

    private sealed class Pending(
        BatchLoader<TKey, TValue> loader, Batch batch, TKey key, Func<TValue?, object?> show)
        : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            show(await loader.Get(batch, key, cancellationToken));
    }
}

/// <summary>
/// Prepares to read the values of keys; keys without a value may be omitted. Batches that are prepared before the first
/// of them is read may be read together.
/// </summary>
/// <returns>Reads the values.</returns>
public delegate Func<CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> PrepareBatch<TKey, TValue>(
    IReadOnlyCollection<TKey> keys);

/// <summary>The loaders of one operation, by name.</summary>
public sealed class BatchLoaders
{
    private readonly Dictionary<string, object> _loaders = [];

    public static BatchLoaders Of(IResolveFieldContext context) => OperationObjects.Find<BatchLoaders>(context)!;

    /// <summary>The loader with that name in this operation.</summary>
    public BatchLoader<TKey, TValue> Get<TKey, TValue>(
        string name,
        Func<IReadOnlyCollection<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> fetch)
        where TKey : notnull => Get<TKey, TValue>(name, keys => token => fetch(keys, token));

    /// <summary>The loader with that name in this operation, whose batches may be read with others.</summary>
    public BatchLoader<TKey, TValue> Get<TKey, TValue>(string name, PrepareBatch<TKey, TValue> prepare)
        where TKey : notnull
    {
        if (_loaders.TryGetValue(name, out var existing))
            return (BatchLoader<TKey, TValue>)existing;
        var loader = new BatchLoader<TKey, TValue>(prepare);
        _loaders.Add(name, loader);
        return loader;
    }
}
