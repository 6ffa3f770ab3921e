using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Schema.Webhooks.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks;

/// <summary>Registers the webhook services.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsRules>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<EndpointRules>();
        services.AddSingleton<EndpointGuard>();
        services.AddSingleton<IHostResolver, DnsResolver>();
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<EndpointClient>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<DeliveryClaims>();
        services.AddSingleton<EndpointHealth>();
        services.AddSingleton<DeliveryRecorder>();
        services.AddSingleton<DeliveryDispatcher>();
    }
}
