using Equaticket.Schema.Orders;

namespace Equaticket.Host.Jobs;

/// <summary>Gives back what unpaid checkouts have set aside.</summary>
internal sealed class HoldExpiryJob(
    HoldSweep holds, TimeProvider clock, ILogger<HoldExpiryJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(5), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        holds.RunAsync(cancellationToken);
}
