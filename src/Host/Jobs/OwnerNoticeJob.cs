using Equaticket.Schema.Webhooks;

namespace Equaticket.Host.Jobs;

/// <summary>Tells owners of webhooks that failures disabled.</summary>
internal sealed class OwnerNoticeJob(
    OwnerNotices notices, TimeProvider clock, ILogger<OwnerNoticeJob> log)
    : PeriodicJob(TimeSpan.FromMinutes(1), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        notices.RunAsync(cancellationToken);
}
