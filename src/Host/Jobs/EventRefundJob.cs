using Equaticket.Schema.Refunds;

namespace Equaticket.Host.Jobs;

/// <summary>Refunds the tickets of events that were cancelled with refunds.</summary>
internal sealed class EventRefundJob(
    EventRefunds refunds, TimeProvider clock, ILogger<EventRefundJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(2), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        refunds.RunAsync(cancellationToken);
}
