using System.Collections.Concurrent;

namespace Equaticket.RestFacade.PublicListing;

/// <summary>
/// Caches responses of the public listing while the database's notifications arrive; a change drops
/// the pages of its organization. Without notifications, nothing is cached. Concurrent requests for the same page
/// read it once.
/// </summary>
/// <remarks>
/// A page is stored in the <see cref="Listing"/> that was current before it was read. A change replaces that
/// listing, so a page that was read before the change is never found afterward.
/// </remarks>
public sealed class ListingMemory
{
    private const long Capacity = 32 * 1024 * 1024;

    // A notification lost without a broken connection must not keep a page alive.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Listing> _listings = new();
    private readonly LinkedList<KeptPage> _pages = new();
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly long _capacity;
    private volatile bool _isListening;

    public ListingMemory(TimeProvider clock)
        : this(clock, Capacity)
    {
    }

    /// <param name="clock">The clock of the host.</param>
    /// <param name="capacity">The maximum size of the cache, in bytes.</param>
    internal ListingMemory(TimeProvider clock, long capacity) => (_clock, _capacity) = (clock, capacity);

    /// <summary>The size of the cached pages, in bytes.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Called by the listener when it starts and stops receiving notifications.</summary>
    public void SetListening(bool isListening)
    {
        _isListening = isListening;
        lock (_lock)
        {
            _listings.Clear();
            _pages.Clear();
            Bytes = 0;
        }
    }

    /// <summary>Drops the cached pages of an organization.</summary>
    /// <param name="slug">The organization's slug.</param>
    public void Forget(string slug)
    {
        lock (_lock)
        {
            if (!_listings.TryRemove(slug, out var listing))
                return;
            foreach (var page in listing.Pages.Values)
                Release(page);
        }
    }

    /// <returns>The page, or null if it must be read.</returns>
    internal ListedPage? Find(PageKey key)
    {
        if (!_isListening
            || !_listings.TryGetValue(key.Slug, out var listing)
            || !listing.Pages.TryGetValue(key.Rest, out var kept)
            || kept.End <= _clock.GetUtcNow())
            return null;
        if (!kept.IsUsed)
            kept.IsUsed = true;
        return kept.Page;
    }

    /// <summary>Reads and caches a page, or waits for a read already in progress.</summary>
    /// <param name="key">The page.</param>
    /// <param name="read">Reads the page.</param>
    /// <param name="cancellationToken">
    /// Cancels the wait for another request's read, or a read that no other request can wait for.
    /// </param>
    internal async Task<ListedPage> ReadAsync(
        PageKey key, Func<CancellationToken, Task<ListedPage>> read, CancellationToken cancellationToken)
    {
        if (!_isListening)
            return await read(cancellationToken);
        var listing = _listings.GetOrAdd(key.Slug, _ => new Listing());
        var own = new TaskCompletionSource<ListedPage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = listing.Reads.GetOrAdd(key.Rest, own);
        if (current != own)
            return await current.Task.WaitAsync(cancellationToken) ?? await read(cancellationToken);
        ListedPage? page = null;
        try
        {
            page = Find(key) ?? Keep(listing, key, await read(CancellationToken.None), _clock.GetUtcNow());
            return page;
        }
        finally
        {
            listing.Reads.TryRemove(key.Rest, out _);
            DropIfEmpty(listing, key.Slug);
            own.SetResult(page is { IsForEverybody: true } ? page : null);
        }
    }

    private ListedPage Keep(Listing listing, PageKey key, ListedPage page, DateTimeOffset now)
    {
        var kept = new KeptPage(key, page, now + MaxAge < page.End ? now + MaxAge : page.End);
        if (!page.IsForEverybody || kept.Size > _capacity / 8)
            return page;
        lock (_lock)
        {
            if (!_listings.TryGetValue(key.Slug, out var current) || current != listing)
                return page;
            if (listing.Pages.TryGetValue(key.Rest, out var before))
                Release(before);
            listing.Pages[key.Rest] = kept;
            _pages.AddLast(kept.Node);
            Bytes += kept.Size;
            while (Bytes > _capacity)
                MakeRoom();
        }

        return page;
    }

    /// <summary>Drops approximately the least recently used page (second chance).</summary>
    private void MakeRoom()
    {
        var oldest = _pages.First!.Value;
        if (oldest.IsUsed)
        {
            oldest.IsUsed = false;
            _pages.RemoveFirst();
            _pages.AddLast(oldest.Node);
            return;
        }

        Release(oldest);
        var listing = _listings[oldest.Key.Slug];
        listing.Pages.TryRemove(oldest.Key.Rest, out _);
        DropIfEmpty(listing, oldest.Key.Slug);
    }

    private void Release(KeptPage page)
    {
        _pages.Remove(page.Node);
        Bytes -= page.Size;
    }

    /// <summary>Frees the memory of unknown slugs and of organizations that nobody requests.</summary>
    private void DropIfEmpty(Listing listing, string slug)
    {
        lock (_lock)
        {
            if (listing.Pages.IsEmpty && listing.Reads.IsEmpty)
                _listings.TryRemove(new KeyValuePair<string, Listing>(slug, listing));
        }
    }

    /// <summary>The cached pages and pending reads of one organization since its last change.</summary>
    private sealed class Listing
    {
        public ConcurrentDictionary<string, KeptPage> Pages { get; } = new(concurrencyLevel: 1, capacity: 4);

        public ConcurrentDictionary<string, TaskCompletionSource<ListedPage?>> Reads { get; } =
            new(concurrencyLevel: 1, capacity: 4);
    }

    private sealed class KeptPage
    {
        /// <summary>The estimated size of a page besides its text: objects, tables, headers.</summary>
        private const int Overhead = 1024;

        public KeptPage(PageKey key, ListedPage page, DateTimeOffset end)
        {
            (Key, Page, End) = (key, page, end);
            Node = new LinkedListNode<KeptPage>(this);
        }

        public PageKey Key { get; }

        public ListedPage Page { get; }

        public DateTimeOffset End { get; }

        public LinkedListNode<KeptPage> Node { get; }

        public bool IsUsed { get; set; }

        public long Size => Page.Answer.Body.Length + (sizeof(char) * Key.Rest.Length) + Overhead;
    }
}

/// <summary>The cache key of a page of the public listing.</summary>
/// <param name="Slug">The organization's slug.</param>
/// <param name="Rest">Everything else that the response depends on.</param>
internal readonly record struct PageKey(string Slug, string Rest);
