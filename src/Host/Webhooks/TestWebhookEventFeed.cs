using System.Threading.Channels;

namespace Equaticket.Host.Webhooks;

/// <summary>
/// Follows test-mode events. It resumes where it left off, no matter how long the API or the
/// receiver was unavailable.
/// </summary>
/// <param name="events">The source of events.</param>
/// <param name="print">Called with a line when the API is unavailable.</param>
/// <param name="clock">Provides the start time, and times the reads.</param>
internal sealed class TestWebhookEventFeed(TestWebhookEvents events, Action<string> print, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>A transaction that started earlier may commit later.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Queues new events, oldest first, each once. The queue completes when this method does.
    /// </summary>
    public async Task FollowAsync(
        ChannelWriter<(string Id, string Payload)> queue, CancellationToken cancellationToken)
    {
        try
        {
            await ReadOnAsync(queue, cancellationToken);
        }
        catch (Exception fault)
        {
            queue.Complete(fault);
        }
    }

    private async Task ReadOnAsync(
        ChannelWriter<(string Id, string Payload)> queue, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Overlap;
        // Every event found is new or was in the previous read, since no read goes back further.
        var known = Ids(await ReadAsync(since, cancellationToken));
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var next = clock.GetUtcNow() - Overlap;
            var read = await ReadAsync(since, cancellationToken);
            foreach (var happened in read.Where(happened => !known.Contains(happened.Id)))
                await queue.WriteAsync(happened, cancellationToken);
            (since, known) = (next, Ids(read));
        }
    }

    private static HashSet<string> Ids(IEnumerable<(string Id, string Payload)> events) =>
        [.. events.Select(happened => happened.Id)];

    /// <returns>The events since a time, oldest first.</returns>
    private async Task<IReadOnlyList<(string Id, string Payload)>> ReadAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        var read = new List<(string Id, string Payload)>();
        string? after = null;
        do
        {
            var page = await ReadPageAsync(since, after, cancellationToken);
            read.AddRange(page.Events);
            after = page.Next;
        }
        while (after is not null);

        read.Reverse();
        return read;
    }

    private async Task<TestWebhookEventPage> ReadPageAsync(
        DateTimeOffset since, string? after, CancellationToken cancellationToken)
    {
        for (var wait = Interval; ; wait = Min(wait * 2, LongestWait))
        {
            try
            {
                return await events.ReadAsync(since, after, cancellationToken);
            }
            catch (ApiAwayException away)
            {
                wait = away.RetryAfter ?? wait;
                print($"{away.Message.TrimEnd('.')}. Retrying in {wait.TotalSeconds:0} s.");
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
