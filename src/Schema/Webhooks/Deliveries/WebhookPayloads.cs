using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>
/// An event's payload in its documented envelope. It depends only on the event's row, so every attempt sends the same
/// bytes from any host.
/// </summary>
public static class WebhookPayloads
{
    /// <returns>The id shared by all deliveries of an event, which identifies duplicates.</returns>
    public static string MessageId(Guid eventId) => $"evt_{eventId:N}";

    /// <param name="id">The event's id.</param>
    /// <param name="type">The event type.</param>
    /// <param name="createdAt">The time of the event, in UTC.</param>
    /// <param name="data">The <c>data</c>, as JSON.</param>
    public static string Write(
        Guid id, WebhookEventType type, DateTimeOffset createdAt, string data) =>
        $"{{\"id\":\"{MessageId(id)}\",\"type\":\"{WireNames<WebhookEventType>.Of(type)}\","
        + $"\"created_at\":\"{Rfc3339.Write(createdAt)}\",\"data\":{data}}}";
}

/// <summary>The type of a member of a payload's <c>data</c>.</summary>
public enum PayloadForm
{
    Id,
    Text,
    Money,
    Time,
}

/// <param name="Name">The member's name.</param>
/// <param name="Form">The type of its value.</param>
/// <param name="Meaning">Its description for integrators.</param>
public sealed record PayloadMember(string Name, PayloadForm Form, string Meaning)
{
    /// <summary>Whether the member becomes null when the buyer's data is deleted.</summary>
    public bool IsBuyerData { get; init; }
}

/// <summary>The contents of the <c>data</c> of an event type, for the documentation.</summary>
/// <param name="EventType">The type.</param>
/// <param name="Members">The members, all of which are always present.</param>
public sealed record PayloadData(WebhookEventType EventType, IReadOnlyList<PayloadMember> Members)
{
    private static readonly PayloadMember OrderId = new("order_id", PayloadForm.Id, "The order.");

    private static readonly PayloadMember EventId = new("event_id", PayloadForm.Id, "The event.");

    private static readonly PayloadMember BuyerName =
        new("buyer_name", PayloadForm.Text, "The buyer's name; null once the buyer's data was removed.")
        {
            IsBuyerData = true,
        };

    private static readonly PayloadMember BuyerEmail =
        new(
            "buyer_email",
            PayloadForm.Text,
            "The buyer's email address; null once the buyer's data was removed.")
        {
            IsBuyerData = true,
        };

    private static readonly PayloadMember Currency =
        new("currency", PayloadForm.Text, "The ISO 4217 currency code in lowercase.");

    public string Type => WireNames<WebhookEventType>.Of(EventType);

    public static IReadOnlyList<PayloadData> All { get; } =
    [
        new(WebhookEventType.OrderCreated,
        [
            OrderId,
            new("order_number", PayloadForm.Text, "The human-readable order number, such as `EQ-1001`."),
            BuyerEmail,
            BuyerName,
            EventId,
            new("total_amount", PayloadForm.Money, "The amount paid, in the currency's smallest unit."),
            Currency,
        ]),
        new(WebhookEventType.OrderRefunded,
        [
            OrderId,
            EventId,
            new("status", PayloadForm.Text, "The order's status: `partially_refunded` or `refunded`."),
            Currency,
        ]),
        new(WebhookEventType.EventSoldOut,
        [
            EventId,
            new("event_title", PayloadForm.Text, "The event's title."),
        ]),
        new(WebhookEventType.TicketCheckedIn,
        [
            new("ticket_id", PayloadForm.Id, "The ticket: the ID of the attendee."),
            new("ticket_code", PayloadForm.Text, "The code on the ticket."),
            EventId,
            BuyerName,
            new("checked_in_at", PayloadForm.Time, "When the ticket was checked in."),
        ]),
        new(WebhookEventType.WebhookPing,
        [
            new("webhook_id", PayloadForm.Id, "The webhook that was pinged."),
        ]),
    ];
}

/// <summary>Generates sample payloads.</summary>
public static class PayloadExamples
{
    private const long Price = 2_500;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>A whole payload of an event type, in lines.</returns>
    public static string Message(WebhookEventType type, RowStamps stamps)
    {
        var stamp = stamps.Next();
        return JsonNode.Parse(WebhookPayloads.Write(
            stamp.Id, type, stamp.CreatedAt, Of(type, stamps).ToJsonString()))!.ToJsonString(Indented);
    }

    /// <returns>The <c>data</c> of an event type.</returns>
    internal static JsonObject Of(WebhookEventType type, RowStamps stamps) =>
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
