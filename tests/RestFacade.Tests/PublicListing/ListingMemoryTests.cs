using Equaticket.RestFacade.PublicListing;
using Equaticket.Schema.Execution;

namespace Equaticket.RestFacade.Tests.PublicListing;

public sealed class ListingMemoryTests
{
    private const int Capacity = 200_000;
    private const int BodySize = 4_000;

    private readonly ManualClock _clock = new();
    private readonly ListingMemory _memory;

    public ListingMemoryTests()
    {
        _memory = new ListingMemory(_clock, Capacity);
        _memory.SetListening(true);
    }

    [Fact]
    public async Task The_page_cache_stays_within_its_size_limit()
    {
        for (var number = 0; number < 1_000; number++)
        {
            await ReadAsync(Key($"org-{number % 7}", $"{number}"));
            Assert.InRange(_memory.Bytes, 1, Capacity);
        }

        Assert.InRange(_memory.Bytes, Capacity / 2, Capacity);
    }

    [Fact]
    public async Task A_page_in_use_outlasts_pages_that_are_not_requested_again()
    {
        var used = Key("org", "used");
        await ReadAsync(used);
        for (var number = 0; number < 1_000; number++)
        {
            await ReadAsync(Key("org", $"{number}"));
            Assert.NotNull(_memory.Find(used));
        }
    }

    [Fact]
    public async Task A_page_that_would_take_up_much_of_the_cache_is_not_cached()
    {
        var big = Key("org", "big");
        await _memory.ReadAsync(big, _ => Task.FromResult(Page(Capacity / 4)), CancellationToken.None);
        Assert.Null(_memory.Find(big));
        Assert.Equal(0, _memory.Bytes);
    }

    [Fact]
    public async Task Errors_and_removed_pages_are_not_cached()
    {
        await _memory.ReadAsync(
            Key("nobody", "page"), _ => Task.FromResult(Page(100, status: 404)), CancellationToken.None);
        await ReadAsync(Key("org", "one"));
        await ReadAsync(Key("org", "two"));
        _memory.Forget("org");
        Assert.Null(_memory.Find(Key("org", "one")));
        Assert.Equal(0, _memory.Bytes);
    }

    [Fact]
    public async Task A_page_that_is_removed_while_it_is_read_is_not_cached()
    {
        var key = Key("org", "page");
        await _memory.ReadAsync(
            key,
            _ =>
            {
                _memory.Forget("org");
                return Task.FromResult(Page(BodySize));
            },
            CancellationToken.None);
        Assert.Null(_memory.Find(key));
        Assert.Equal(0, _memory.Bytes);
    }

    [Fact]
    public async Task The_cache_is_cleared_when_the_host_stops_receiving_notifications()
    {
        var key = Key("org", "page");
        await ReadAsync(key);
        Assert.NotNull(_memory.Find(key));
        _memory.SetListening(false);
        await ReadAsync(key);
        Assert.Null(_memory.Find(key));
        _memory.SetListening(true);
        Assert.Null(_memory.Find(key));
    }

    [Fact]
    public async Task A_page_expires_at_its_time_or_after_15_seconds()
    {
        var (soon, late) = (Key("org", "soon"), Key("org", "late"));
        await _memory.ReadAsync(
            soon, _ => Task.FromResult(Page(BodySize, end: _clock.GetUtcNow().AddSeconds(2))), CancellationToken.None);
        await ReadAsync(late);
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Null(_memory.Find(soon));
        Assert.NotNull(_memory.Find(late));
        _clock.Now += TimeSpan.FromSeconds(13);
        Assert.Null(_memory.Find(late));
        await ReadAsync(late);
        Assert.NotNull(_memory.Find(late));
    }

    [Fact]
    public async Task A_caller_that_waits_for_a_read_that_fails_reads_the_page_itself()
    {
        var key = Key("org", "page");
        var first = new TaskCompletionSource<ListedPage>();
        var failing = _memory.ReadAsync(key, _ => first.Task, CancellationToken.None);
        var waiting = ReadAsync(key);
        Assert.False(waiting.IsCompleted);
        first.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        Assert.Equal(200, (await waiting).Answer.Status);
        Assert.Null(_memory.Find(key));
        await ReadAsync(key);
        Assert.NotNull(_memory.Find(key));
    }

    [Fact]
    public async Task A_caller_that_disconnects_does_not_cancel_a_read_that_others_wait_for()
    {
        var key = Key("org", "page");
        using var hangUp = new CancellationTokenSource();
        var first = new TaskCompletionSource<ListedPage>();
        var leaving = _memory.ReadAsync(key, token => first.Task.WaitAsync(token), hangUp.Token);
        var waiting = _memory.ReadAsync(key, _ => throw new InvalidOperationException(), CancellationToken.None);
        await hangUp.CancelAsync();
        first.SetResult(Page(BodySize));
        Assert.Same(await leaving, await waiting);
    }

    private static PageKey Key(string slug, string rest) => new(slug, rest);

    private static ListedPage Page(int size, int status = 200, DateTimeOffset? end = null) =>
        new(new Answer(status, "application/json", new byte[size]), end ?? DateTimeOffset.MaxValue);

    private Task<ListedPage> ReadAsync(PageKey key) =>
        _memory.ReadAsync(key, _ => Task.FromResult(Page(BodySize)), CancellationToken.None);

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
