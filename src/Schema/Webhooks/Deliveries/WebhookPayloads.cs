using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>
/// The payload of an event: the documented envelope. It depends only on the event's row, so that each
/// attempt, on any host, sends the same bytes.
/// </summary>
public static class WebhookPayloads
{
    /// <returns>The id shared by all deliveries of an event, which identifies duplicates.</returns>
    public static string MessageId(Guid eventId) => $"evt_{eventId:N}";

    /// <param name="id">The event's id.</param>
    /// <param name="type">The event type.</param>
    /// <param name="createdAt">The time of the event, UTC.</param>
    /// <param name="data">The <c>data</c>, JSON.</param>
    public static string Write(
        Guid id, WebhookEventType type, DateTimeOffset createdAt, string data) =>
        $"{{\"id\":\"{MessageId(id)}\",\"type\":\"{WireNames<WebhookEventType>.Of(type)}\","
        + $"\"created_at\":\"{Rfc3339.Write(createdAt)}\",\"data\":{data}}}";
}
