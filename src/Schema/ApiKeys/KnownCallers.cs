using System.Collections.Concurrent;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.ApiKeys;

/// <summary>A key as it was last read, and whether that may be out of date.</summary>
public sealed class KnownKey
{
    private volatile bool _isStale;

    public KnownKey(ApiKey key, Organization organization, DateTimeOffset readAt)
    {
        (Key, ReadAt) = (key, readAt);
        Caller = Caller.ForKey(key, organization) with { Key = this };
    }

    public ApiKey Key { get; }

    public DateTimeOffset ReadAt { get; }

    public Caller Caller { get; }

    /// <summary>Whether the database has told of a change since.</summary>
    public bool IsStale => _isStale;

    internal void MarkStale() => _isStale = true;
}

/// <summary>
/// Remembers keys between requests, for as long as the database's notifications arrive: what they
/// name is forgotten at once. Without them nothing is remembered.
/// </summary>
public sealed class KnownCallers
{
    private const int MaxKeys = 100_000;

    // Notifications that got lost without the connection breaking must not keep a key alive.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, KnownKey> _keys = new();
    private readonly ConcurrentDictionary<CallerWatch, bool> _watches = new();
    private volatile bool _isListening;
    private int _changes;

    /// <summary>Called by whoever listens to the database: when it begins to, and when it cannot.</summary>
    public void SetListening(bool isListening)
    {
        _isListening = isListening;
        ForgetAll();
    }

    /// <param name="id">The key or organization that has changed.</param>
    public void Forget(Guid id)
    {
        Interlocked.Increment(ref _changes);
        foreach (var (hash, known) in _keys)
        {
            if (known.Key.Id != id && known.Key.OrganizationId != id)
                continue;
            known.MarkStale();
            _keys.TryRemove(hash, out _);
        }

        foreach (var watch in _watches.Keys)
        {
            if (watch.Key.Id == id || watch.Key.OrganizationId == id)
                watch.Tell();
        }
    }

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
        _isListening && _keys.TryGetValue(Convert.ToHexString(hash), out var known)
        && now - known.ReadAt < MaxAge
            ? known
            : null;

    /// <summary>Begins to remember what is about to be read, so that no change slips between.</summary>
    /// <returns>Ends it: call it with what was read.</returns>
    public Action<KnownKey> BeginRead(byte[] hash)
    {
        var changes = Volatile.Read(ref _changes);
        return known =>
        {
            if (!_isListening || _keys.Count >= MaxKeys)
                return;
            _keys.AddOrUpdate(Convert.ToHexString(hash), known, (_, before) =>
            {
                // Who still holds it would not be told of the next change.
                before.MarkStale();
                return known;
            });
            if (changes != Volatile.Read(ref _changes))
                Forget(known.Key.Id);
        };
    }

    private sealed class CallerWatch(ApiKey key, Action tell, Action<CallerWatch> end) : IDisposable
    {
        public ApiKey Key => key;

        public Action Tell => tell;

        public void Dispose() => end(this);
    }

    private void ForgetAll()
    {
        Interlocked.Increment(ref _changes);
        foreach (var known in _keys.Values)
            known.MarkStale();
        _keys.Clear();
    }
}
