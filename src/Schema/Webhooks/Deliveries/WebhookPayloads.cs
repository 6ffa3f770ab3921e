using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>
/// What is sent of an event: the documented envelope. It is made of the event's row alone, so that each
/// attempt, on whichever host, sends the same bytes.
/// </summary>
public static class WebhookPayloads
{
    /// <returns>The id that all deliveries of an event share, by which a receiver knows it again.</returns>
    public static string MessageId(Guid eventId) => $"evt_{eventId:N}";

    /// <param name="id">The event's.</param>
    /// <param name="type">What happened.</param>
    /// <param name="createdAt">When, UTC.</param>
    /// <param name="data">The <c>data</c>, JSON.</param>
    public static string Write(
        Guid id, WebhookEventType type, DateTimeOffset createdAt, string data) =>
        $"{{\"id\":\"{MessageId(id)}\",\"type\":\"{WireNames<WebhookEventType>.Of(type)}\","
        + $"\"created_at\":\"{Rfc3339.Write(createdAt)}\",\"data\":{data}}}";
}
