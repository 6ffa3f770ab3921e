using System.ComponentModel;
using System.Reflection;
using Equaticket.Dashboard.Forms;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Dashboard.Webhooks;

/// <summary>The events that a webhook can subscribe to, in the schema's words.</summary>
public static class EventCatalogue
{
    /// <summary>A ping is delivered whether or not it is chosen.</summary>
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
