using System.Collections.Concurrent;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.ApiKeys;

/// <summary>
/// Caches keys between requests while database notifications are being received; each notification evicts the keys
/// it names immediately. Without notifications, nothing is cached. A key that is not found here must be read from
/// the database.
/// </summary>
public sealed class KnownCallers
{
    private const int MaxKeys = 100_000;

    // Bounds how long a revoked key works if notifications are lost on a live connection.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly KeyMemory _keys = new(MaxKeys, MaxAge);
    private readonly ConcurrentDictionary<CallerWatch, bool> _watches = new();
    private volatile bool _isListening;
    private int _changes;

    /// <summary>Called by the database listener when it starts listening and when it can't.</summary>
    /// <remarks>Changes in between may have been missed, so the cache is cleared.</remarks>
    public void SetListening(bool isListening)
    {
        _isListening = isListening;
        Forget(_ => true);
    }

    /// <param name="id">The id of the changed key or organization.</param>
    public void Forget(Guid id) => Forget(key => key.Id == id || key.OrganizationId == id);

    /// <summary>Watches for changes of a key or its organization, until the watch is disposed.</summary>
    /// <param name="known">The key.</param>
    /// <param name="notify">Called on the notifying thread; must not block.</param>
    internal IDisposable Watch(KnownKey known, Action notify)
    {
        var watch = new CallerWatch(known.Key, notify, ended => _watches.TryRemove(ended, out _));
        _watches[watch] = true;
        return watch;
    }

    public KnownKey? Find(byte[] hash, DateTimeOffset now) =>
        _isListening ? _keys.Find(Convert.ToHexString(hash), now) : null;

    /// <summary>
    /// Call before reading a key to cache, so that no change is missed between the read and the add.
    /// </summary>
    /// <returns>A function that caches the key that was read.</returns>
    public Action<KnownKey> BeginRead(byte[] hash)
    {
        var changes = Volatile.Read(ref _changes);
        return known =>
        {
            if (!_isListening)
                return;
            _keys.Add(Convert.ToHexString(hash), known);
            if (changes != Volatile.Read(ref _changes))
                Forget(known.Key.Id);
        };
    }

    private void Forget(Func<ApiKey, bool> isMeant)
    {
        Interlocked.Increment(ref _changes);
        _keys.RemoveAll(known => isMeant(known.Key));
        foreach (var watch in _watches.Keys)
        {
            if (isMeant(watch.Key))
                watch.Notify();
        }
    }

    private sealed class CallerWatch(ApiKey key, Action notify, Action<CallerWatch> end) : IDisposable
    {
        public ApiKey Key => key;

        public Action Notify => notify;

        public void Dispose() => end(this);
    }
}

/// <summary>A key as last read from the database.</summary>
public sealed class KnownKey
{
    public KnownKey(ApiKey key, Organization organization, DateTimeOffset readAt)
    {
        (Key, ReadAt) = (key, readAt);
        Caller = Caller.ForKey(key, organization) with { Key = this };
    }

    public ApiKey Key { get; }

    public DateTimeOffset ReadAt { get; }

    public Caller Caller { get; }
}
