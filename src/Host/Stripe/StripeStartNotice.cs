using Equaticket.Schema.Payments;

namespace Equaticket.Host.Stripe;

/// <summary>Logs on start what does not work without Stripe keys.</summary>
internal sealed class StripeStartNotice(StripeClients clients, ILogger<StripeStartNotice> log)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!clients.IsConfigured(livemode: true))
        {
            log.LogWarning("Stripe__Live__SecretKey is not set: paid live checkouts are refused.");
        }

        foreach (var (mode, livemode) in new[] { ("Live", true), ("Test", false) })
        {
            if (clients.IsConfigured(livemode) && clients.KeysOf(livemode).WebhookSecret is null)
            {
                log.LogWarning(
                    "Stripe__{Mode}__WebhookSecret is not set: payments are confirmed only by "
                    + "polling Stripe, minutes later.", mode);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
