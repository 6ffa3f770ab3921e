using Equaticket.Dashboard.Forms;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;

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
                WireNames<WebhookEventType>.Meaning(type))),
    ];

    /// <returns>The type and the meaning of a payload's member.</returns>
    public static string WordsOf(PayloadMember member)
    {
        var type = member.Form switch
        {
            PayloadForm.Id => "UUID",
            PayloadForm.Money => "Integer",
            PayloadForm.Time => "Time (RFC 3339)",
            _ => "String",
        };
        return $"{type}. {member.Meaning.Replace("`", "", StringComparison.Ordinal)}";
    }
}
