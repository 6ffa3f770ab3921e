using Equaticket.Schema.Payments.Inbound;

namespace Equaticket.Host.Jobs;

/// <summary>Reads the events that Stripe could not deliver.</summary>
internal sealed class MissedStripeEventsJob(
    MissedStripeEvents events, TimeProvider clock, ILogger<MissedStripeEventsJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(30), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        events.RunAsync(cancellationToken);
}
