using Equaticket.Http;
using Equaticket.Schema.Payments;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Stripe;

/// <summary>Registers Stripe.</summary>
internal static class StripeServices
{
    private const string Path = "/api/stripe/webhook";

    public static IServiceCollection AddStripe(this IServiceCollection services)
    {
        services.AddOptions<StripeOptions>()
            .BindConfiguration(StripeOptions.Section)
            .ValidateOnStart();
        return services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptionsRules>();
    }

    public static IServiceCollection AddStripeWebhook(this IServiceCollection services) =>
        services.AddSingleton<StripeWebhook>().AddHostedService<StripeStartNotice>();

    public static void MapStripeWebhook(this IEndpointRouteBuilder endpoints)
    {
        var webhook = endpoints.ServiceProvider.GetRequiredService<StripeWebhook>();
        endpoints.MapPost(Path, webhook.HandleAsync);
        endpoints.Map(Path, http => http.RefuseMethodAsync("POST"));
    }
}

/// <summary>Logs on startup what does not work without Stripe keys.</summary>
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
