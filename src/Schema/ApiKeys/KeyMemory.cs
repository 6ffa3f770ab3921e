using System.Collections.Concurrent;

namespace Equaticket.Schema.ApiKeys;

/// <summary>
/// Caches keys by hash, in two generations. When the young generation is full or too old, it replaces the old one,
/// which is dropped. This bounds memory and evicts unused keys. Reads take no lock.
/// </summary>
/// <param name="capacity">The maximum number of keys in both generations combined.</param>
/// <param name="maxAge">How long a key stays valid after it is read.</param>
internal sealed class KeyMemory(int capacity, TimeSpan maxAge)
{
    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<string, KnownKey> _young = new();
    private volatile ConcurrentDictionary<string, KnownKey> _old = new();
    private DateTimeOffset _youngSince;

    public int Count => _young.Count + _old.Count;

    public KnownKey? Find(string hash, DateTimeOffset now) =>
        (_young.TryGetValue(hash, out var known) || _old.TryGetValue(hash, out known))
        && now - known.ReadAt < maxAge
            ? known
            : null;

    public void Add(string hash, KnownKey known)
    {
        lock (_lock)
        {
            if (_young.Count >= capacity / 2 || known.ReadAt - _youngSince >= maxAge)
                (_old, _young, _youngSince) = (_young, new(), known.ReadAt);
            _young[hash] = known;
        }
    }

    public void RemoveAll(Func<KnownKey, bool> isMeant)
    {
        lock (_lock)
        {
            foreach (var keys in (ConcurrentDictionary<string, KnownKey>[])[_young, _old])
            {
                foreach (var (hash, known) in keys)
                {
                    if (isMeant(known))
                        keys.TryRemove(hash, out _);
                }
            }
        }
    }
}
