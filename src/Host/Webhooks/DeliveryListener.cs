using Equaticket.Host.Hosting;
using Equaticket.Schema.Webhooks.Feed;
using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Host.Webhooks;

/// <summary>Listens for notifications from other hosts about events for webhooks and subscriptions.</summary>
internal sealed class DeliveryListener(
    ListenerConnection connection,
    DeliveryDispatcher dispatcher,
    WebhookEventFeed feed,
    TimeProvider clock,
    ILogger<DeliveryListener> log)
    : ChannelListener(connection, DeliveryNotifier.Channel, clock, log)
{
    protected override void SetListening(bool isListening) => Wake();

    protected override void Hear(string payload) => Wake();

    private void Wake()
    {
        dispatcher.Wake();
        feed.Wake();
    }
}
