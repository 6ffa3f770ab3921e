using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Records events in the transaction that causes them. The database creates a delivery for each subscribed webhook, and
/// hosts are notified when the transaction has committed.
/// </summary>
internal static class Outbox
{
    /// <param name="database">The database, in the transaction that causes the event. The caller saves.</param>
    /// <param name="stamps">Provides the event's id and time.</param>
    /// <param name="type">The event type.</param>
    /// <param name="eventId">The organizer's event concerned; null for none.</param>
    /// <param name="orderId">The order whose buyer data the payload contains; null for none.</param>
    /// <param name="data">The <c>data</c> of the payload.</param>
    public static void Add(
        EquaticketDbContext database,
        RowStamps stamps,
        WebhookEventType type,
        Guid? eventId,
        Guid? orderId,
        JsonObject data) => Add(database, stamps.Next(), type, eventId, orderId, data);

    /// <summary>The same, for callers that need the event's id and time.</summary>
    public static void Add(
        EquaticketDbContext database,
        RowStamp stamp,
        WebhookEventType type,
        Guid? eventId,
        Guid? orderId,
        JsonObject data)
    {
        database.QueuesDeliveries = true;
        database.Add(new WebhookEvent
        {
            Id = stamp.Id,
            Type = type,
            Data = data.ToJsonString(),
            EventId = eventId,
            OrderId = orderId,
            CreatedAt = stamp.CreatedAt,
        });
    }
}
