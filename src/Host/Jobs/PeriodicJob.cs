namespace Equaticket.Host.Jobs;

/// <summary>
/// Work that every host does again and again. Two hosts may do it at the same moment, and a failure
/// is logged and tried again at the next tick.
/// </summary>
internal abstract class PeriodicJob(TimeSpan interval, TimeProvider clock, ILogger log)
    : BackgroundService
{
    /// <summary>Does what is due now.</summary>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "{Job} failed and will be retried.", GetType().Name);
            }
        }
    }
}
