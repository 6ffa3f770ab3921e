using System.Threading.Channels;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Subscriptions;
using Equaticket.Schema.Webhooks.Sending;
using Npgsql;

namespace Equaticket.Host.Webhooks;

/// <summary>
/// Tells the hosts, after a commit, that something has happened that webhooks and subscriptions are told
/// of: this one at once, the others by one notification for all commits of 50 ms. It has a transaction of
/// its own, since a notification makes those that send it wait for each other at their commit.
/// </summary>
internal sealed class DeliveryNotifier(
    WebhookSignal signal,
    DeliveryDispatcher dispatcher,
    OccurrenceFeed feed,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<DeliveryNotifier> log) : BackgroundService
{
    public const string Channel = "equaticket_webhooks";

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly Channel<bool> _pending = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Raised += OnRaised;
        try
        {
            await foreach (var _ in _pending.Reader.ReadAllAsync(stoppingToken))
            {
                await NotifyAsync(stoppingToken);
                await Task.Delay(Gathering, clock, stoppingToken);
            }
        }
        finally
        {
            signal.Raised -= OnRaised;
        }
    }

    private void OnRaised(object? sender, EventArgs told)
    {
        dispatcher.Wake();
        feed.Wake();
        _pending.Writer.TryWrite(true);
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand($"NOTIFY {Channel}");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "Other hosts were not told of deliveries; they look by themselves.");
        }
    }
}
