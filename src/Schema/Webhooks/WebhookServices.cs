using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Schema.Webhooks.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Webhooks;

/// <summary>Wires webhooks into a host.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
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

/// <summary>
/// How webhooks are delivered (<c>Webhooks__RetrySchedule</c>, <c>Webhooks__DeniedNetworks</c>,
/// <c>Webhooks__ExemptHosts</c>). All are comma-separated.
/// </summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>The delay after each failed attempt: a number and ms, s, m or h.</summary>
    public string RetrySchedule { get; set; } = "5s,5m,30m,2h,5h,10h,14h,20h,24h";

    /// <summary>Additional networks, in CIDR notation, that are never dialled.</summary>
    public string? DeniedNetworks { get; set; }

    /// <summary>
    /// Hosts, optionally with a port, that are exempt from the rules for scheme, port and address. For
    /// development only.
    /// </summary>
    public string? ExemptHosts { get; set; }
}
