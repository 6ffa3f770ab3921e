using Equaticket.Schema.Payments;

namespace Equaticket.Host.Jobs;

/// <summary>Asks Stripe for payments whose end nobody has told, and calls off what is not to be made.</summary>
internal sealed class PaymentReconciliationJob(
    PaymentReconciliation payments, TimeProvider clock, ILogger<PaymentReconciliationJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(5), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        payments.RunAsync(cancellationToken);
}
