using Equaticket.Schema.Refunds;

namespace Equaticket.Host.Jobs;

/// <summary>Asks Stripe for the refunds that are due.</summary>
internal sealed class RefundJob(
    RefundWork refunds, TimeProvider clock, ILogger<RefundJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(2), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        refunds.RunAsync(cancellationToken);
}
