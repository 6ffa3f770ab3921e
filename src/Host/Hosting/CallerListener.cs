using Equaticket.Persistence;
using Equaticket.Schema.ApiKeys;
using Npgsql;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Listens to what the database says of changed keys and organizations, so that a revoked key is
/// refused on every host at once. While it cannot listen, nothing is remembered.
/// </summary>
internal sealed class CallerListener(
    ListenerConnection connection,
    KnownCallers callers,
    TimeProvider clock,
    ILogger<CallerListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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
                log.LogWarning(fault, "Not listening for changed keys; reading them each time.");
            }
            finally
            {
                callers.SetListening(false);
            }

            await Task.Delay(Pause, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var listening = new NpgsqlConnection(connection.ConnectionString);
        listening.Notification += (_, told) =>
        {
            if (Guid.TryParse(told.Payload, out var id))
                callers.Forget(id);
        };
        await listening.OpenAsync(cancellationToken);
        await using var listen = listening.CreateCommand();
        listen.CommandText = $"LISTEN {Triggers.CallersChannel}";
        await listen.ExecuteNonQueryAsync(cancellationToken);
        callers.SetListening(true);
        while (true)
            await listening.WaitAsync(cancellationToken);
    }
}

/// <summary>
/// A connection that is kept open to listen. A pooler between host and database would lose it, so it
/// may go another way: <c>ConnectionStrings__EquaticketDirect</c>.
/// </summary>
internal sealed class ListenerConnection(string connectionString)
{
    private const int KeepAliveSeconds = 5;

    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "equaticket listener",
        Pooling = false,
        KeepAlive = KeepAliveSeconds,
    }.ConnectionString;
}
