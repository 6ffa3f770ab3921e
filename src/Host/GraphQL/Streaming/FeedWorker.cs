using Equaticket.Schema.Webhooks.Feed;

namespace Equaticket.Host.GraphQL.Streaming;

/// <summary>
/// Notifies subscriptions of events. It is woken by events here or on another host, and
/// polls every second in case a notification is lost.
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
