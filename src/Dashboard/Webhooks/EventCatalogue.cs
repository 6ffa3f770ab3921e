using System.ComponentModel;
using System.Reflection;
using Equaticket.Dashboard.Forms;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Dashboard.Webhooks;

/// <summary>The events a webhook can subscribe to, with the schema's descriptions.</summary>
public static class EventCatalogue
{
    /// <summary>Pings are delivered to every webhook and need no subscription.</summary>
    public static IReadOnlyList<Choice> Types { get; } =
    [
        .. Enum.GetValues<WebhookEventType>()
            .Where(type => type != WebhookEventType.WebhookPing)
            .Select(type => new Choice(
                WireNames<WebhookEventType>.Of(type),
                WireNames<WebhookEventType>.Of(type),
                typeof(WebhookEventType).GetField($"{type}")!
                    .GetCustomAttribute<DescriptionAttribute>()?.Description)),
    ];
}
