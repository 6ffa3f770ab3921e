namespace Equaticket.Host.Webhooks;

/// <summary>Wires the delivery of webhooks into the host.</summary>
internal static class DeliveryServices
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddHostedService<DeliveryWorker>()
        .AddHostedService<DeliveryListener>()
        .AddHostedService<DeliveryNotifier>();
}
