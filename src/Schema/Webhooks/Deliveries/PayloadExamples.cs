using System.Text.Json.Nodes;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Generates sample <c>data</c> for an event type.</summary>
internal static class PayloadExamples
{
    private const long Price = 2_500;

    public static JsonObject Of(WebhookEventType type, RowStamps stamps) =>
        new(PayloadData.All.Single(payload => payload.EventType == type).Members.Select(
            member => KeyValuePair.Create(member.Name, Value(member, stamps))));

    private static JsonNode? Value(PayloadMember member, RowStamps stamps) => member.Form switch
    {
        PayloadForm.Id => stamps.Next().Id,
        PayloadForm.Money => Price,
        PayloadForm.Time => Rfc3339.Write(stamps.Now()),
        _ => Text(member.Name),
    };

    private static string Text(string member) => member switch
    {
        "order_number" => "EQ-1001",
        "buyer_email" => "ada@example.com",
        "buyer_name" => "Ada Lovelace",
        "currency" => "usd",
        "status" => "refunded",
        "event_title" => "Spring Workshop",
        "ticket_code" => "ABCD2345",
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, "No example is defined."),
    };
}
