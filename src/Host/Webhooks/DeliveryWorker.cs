using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Host.Webhooks;

/// <summary>
/// Delivers to webhooks. It is woken by new deliveries, here or on another host, and polls
/// every second: for retries, and in case a notification is lost.
/// </summary>
internal sealed class DeliveryWorker(DeliveryDispatcher dispatcher, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(
            _ => dispatcher.Wake(), state: null, TimeSpan.Zero, Interval);
        await dispatcher.RunAsync(stoppingToken);
    }
}
