using Equaticket.Persistence;
using Equaticket.RestFacade.PublicListing;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;
using Npgsql;

namespace Equaticket.Host.Hosting;

/// <summary>Listens to a database channel, and reconnects if the connection breaks.</summary>
internal abstract class ChannelListener(
    ListenerConnection connection, string channel, TimeProvider clock, ILogger log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Called when listening starts or stops.</summary>
    protected abstract void SetListening(bool isListening);

    /// <summary>Called for each notification.</summary>
    protected abstract void OnNotification(string payload);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogFault(LogLevel.Warning, fault, "Not listening to {Channel}; retrying.", channel);
            }
            finally
            {
                SetListening(false);
            }

            await Task.Delay(Pause, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var listening = new NpgsqlConnection(connection.ConnectionString);
        listening.Notification += (_, notification) => OnNotification(notification.Payload);
        await listening.OpenAsync(cancellationToken);
        await using var listen = listening.CreateCommand();
        listen.CommandText = $"LISTEN {channel}";
        await listen.ExecuteNonQueryAsync(cancellationToken);
        SetListening(true);
        while (true)
            await listening.WaitAsync(cancellationToken);
    }
}

/// <summary>
/// A connection that stays open to listen. A pooler between host and database would break it, so it
/// may use another connection string: <c>ConnectionStrings__EquaticketDirect</c>.
/// </summary>
internal sealed class ListenerConnection(string connectionString)
{
    private const int KeepAliveSeconds = 5;

    public string ConnectionString { get; } = Settings(connectionString).ConnectionString;

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = HostConnection.Of(connectionString, "equaticket listener");
        settings.Pooling = false;
        settings.KeepAlive = KeepAliveSeconds;
        return settings;
    }
}

/// <summary>
/// Listens for changes of keys and organizations in the database, so that every host rejects a
/// revoked key immediately. While it cannot listen, nothing is cached.
/// </summary>
internal sealed class CallerListener(
    ListenerConnection connection,
    KnownCallers callers,
    TimeProvider clock,
    ILogger<CallerListener> log)
    : ChannelListener(connection, Triggers.CallersChannel, clock, log)
{
    protected override void SetListening(bool isListening) => callers.SetListening(isListening);

    protected override void OnNotification(string payload)
    {
        if (Guid.TryParse(payload, out var id))
            callers.Forget(id);
    }
}

/// <summary>
/// Listens for changes of public listings in the database, so that every host shows them immediately.
/// </summary>
internal sealed class ListingListener(
    ListenerConnection connection,
    ListingMemory listings,
    TimeProvider clock,
    ILogger<ListingListener> log)
    : ChannelListener(connection, ListingTriggers.Channel, clock, log)
{
    protected override void SetListening(bool isListening) => listings.SetListening(isListening);

    protected override void OnNotification(string payload) => listings.Forget(payload);
}
