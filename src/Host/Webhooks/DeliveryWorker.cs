using Equaticket.Host.Hosting;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Webhooks.Feed;
using Equaticket.Schema.Webhooks.Sending;
using Npgsql;

namespace Equaticket.Host.Webhooks;

/// <summary>
/// Sends webhook deliveries. New deliveries on this or another host wake it, and it polls
/// every second for retries and in case a notification is lost. When the host stops, it starts no
/// more deliveries while open requests finish.
/// </summary>
internal sealed class DeliveryWorker(
    DeliveryDispatcher dispatcher, IHostApplicationLifetime lifetime, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Waits for responses until the shutdown timeout, then releases the deliveries to other hosts.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource();
        await using var end = cancellationToken.Register(() =>
        {
            late.CancelAfter(Shutdown.LastWrites);
            _giveUp.Cancel();
        });
        await base.StopAsync(late.Token);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken, lifetime.ApplicationStopping);
        await using var timer = clock.CreateTimer(
            _ => dispatcher.Wake(), state: null, TimeSpan.Zero, Interval);
        await dispatcher.RunAsync(stopping.Token, _giveUp.Token);
    }
}

/// <summary>Listens for notifications from other hosts about events for webhooks and subscriptions.</summary>
internal sealed class DeliveryListener(
    ListenerConnection connection,
    DeliveryDispatcher dispatcher,
    WebhookEventFeed feed,
    TimeProvider clock,
    ILogger<DeliveryListener> log)
    : ChannelListener(connection, DeliveryNotifier.Channel, clock, log)
{
    protected override void SetListening(bool isListening) => Wake();

    protected override void OnNotification(string payload) => Wake();

    private void Wake()
    {
        dispatcher.Wake();
        feed.Wake();
    }
}

/// <summary>
/// Notifies all hosts of new events for webhooks and subscriptions after a commit: this host
/// immediately, the others with one notification for all commits within 50 ms. It uses a separate
/// transaction, since transactions that send notifications wait for each other on commit.
/// </summary>
internal sealed class DeliveryNotifier(
    WebhookSignal signal,
    DeliveryDispatcher dispatcher,
    WebhookEventFeed feed,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<DeliveryNotifier> log) : BackgroundService
{
    public const string Channel = "equaticket_webhooks";

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly WakeUp _pending = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Raised += OnRaised;
        try
        {
            while (true)
            {
                await _pending.WaitAsync(stoppingToken);
                await NotifyAsync(stoppingToken);
                await Task.Delay(Gathering, clock, stoppingToken);
            }
        }
        finally
        {
            signal.Raised -= OnRaised;
        }
    }

    private void OnRaised(object? sender, EventArgs args)
    {
        dispatcher.Wake();
        feed.Wake();
        _pending.Call();
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
            log.LogFault(
                LogLevel.Warning, fault, "Other hosts were not notified of deliveries; they find them by polling.");
        }
    }
}
