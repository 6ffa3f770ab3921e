using Equaticket.Host.Hosting;
using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Host.Webhooks;

/// <summary>Hears from other hosts that there is something to deliver.</summary>
internal sealed class DeliveryListener(
    ListenerConnection connection,
    DeliveryDispatcher dispatcher,
    TimeProvider clock,
    ILogger<DeliveryListener> log)
    : ChannelListener(connection, DeliveryNotifier.Channel, clock, log)
{
    protected override void SetListening(bool isListening) => dispatcher.Wake();

    protected override void Hear(string payload) => dispatcher.Wake();
}
