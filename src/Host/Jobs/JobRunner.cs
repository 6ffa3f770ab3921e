using System.Diagnostics;
using Equaticket.Host.Telemetry;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;

namespace Equaticket.Host.Jobs;

/// <summary>
/// Runs each job at its interval, independently of the others. A failure is logged, and the job runs again on the
/// next tick. When the host stops, running jobs are canceled.
/// </summary>
internal sealed class JobRunner(
    IEnumerable<Job> jobs,
    IServiceProvider services,
    TimeProvider clock,
    HostMetrics metrics,
    ILogger<JobRunner> log)
    : BackgroundService
{
    private readonly List<(Job Job, IJob Work)> _jobs =
        [.. jobs.Select(job => (job, (IJob)services.GetRequiredService(job.Type)))];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_jobs.Select(entry => RepeatAsync(entry.Job, entry.Work, stoppingToken)));

    private async Task RepeatAsync(Job job, IJob work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(job.Interval, clock);
        if (job.RunsAtStart)
            await TryAsync(job, work, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryAsync(job, work, stoppingToken);
    }

    private async Task TryAsync(Job job, IJob work, CancellationToken stoppingToken)
    {
        using var span = Schema.Execution.Telemetry.Source.StartActivity(job.Name);
        try
        {
            await work.RunAsync(stoppingToken);
            metrics.JobSucceeded(job.Name);
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            metrics.JobFailed(job.Name);
            span?.SetStatus(ActivityStatusCode.Error);
            log.LogFault(LogLevel.Warning, fault, "The job {Job} failed and will be tried again.", job.Name);
        }
    }
}
