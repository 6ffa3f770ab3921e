using System.Collections.Concurrent;
using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Schema.ApiKeys;

/// <summary>
/// Remembers keys between requests, for as long as the database's notifications arrive: what they
/// name is forgotten at once. Without them nothing is remembered. A key that is not found here must be
/// read.
/// </summary>
public sealed class KnownCallers
{
    private const int MaxKeys = 100_000;

    // Notifications that got lost without the connection breaking must not keep a key alive.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly KeyMemory _keys = new(MaxKeys, MaxAge);
    private readonly ConcurrentDictionary<CallerWatch, bool> _watches = new();
    private volatile bool _isListening;
    private int _changes;

    /// <summary>Called by whoever listens to the database: when it begins to, and when it cannot.</summary>
    /// <remarks>What changed in between was never heard, so every key is looked at again.</remarks>
    public void SetListening(bool isListening)
    {
        _isListening = isListening;
        Forget(_ => true);
    }

    /// <param name="id">The key or organization that has changed.</param>
    public void Forget(Guid id) => Forget(key => key.Id == id || key.OrganizationId == id);

    /// <summary>Tells whenever a key or its organization has changed, until the watch is disposed of.</summary>
    /// <param name="known">The key.</param>
    /// <param name="tell">Is called on the thread that hears of it, and must not block.</param>
    internal IDisposable Watch(KnownKey known, Action tell)
    {
        var watch = new CallerWatch(known.Key, tell, ended => _watches.TryRemove(ended, out _));
        _watches[watch] = true;
        return watch;
    }

    public KnownKey? Find(byte[] hash, DateTimeOffset now) =>
        _isListening ? _keys.Find(Convert.ToHexString(hash), now) : null;

    /// <summary>Begins to remember what is about to be read, so that no change slips between.</summary>
    /// <returns>Ends it: call it with what was read.</returns>
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
                watch.Tell();
        }
    }

    private sealed class CallerWatch(ApiKey key, Action tell, Action<CallerWatch> end) : IDisposable
    {
        public ApiKey Key => key;

        public Action Tell => tell;

        public void Dispose() => end(this);
    }
}
