using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Host.Webhooks;

/// <summary>
/// Delivers to webhooks. It is woken by what was queued, here or on another host, and looks for itself
/// every second: for retries, and should a notification be lost.
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
