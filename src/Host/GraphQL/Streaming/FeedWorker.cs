using Equaticket.Schema.Webhooks.Feed;

namespace Equaticket.Host.GraphQL.Streaming;

/// <summary>
/// Tells subscriptions what has happened. It is woken when something has, here or on another host, and
/// looks for itself every second, should a notification be lost.
/// </summary>
internal sealed class FeedWorker(WebhookEventFeed feed, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(
            _ => feed.Wake(), state: null, TimeSpan.Zero, Interval);
        await feed.RunAsync(stoppingToken);
    }
}
