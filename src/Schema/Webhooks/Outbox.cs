using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Records events in the transaction of their cause. The database creates a delivery for each subscribed
/// webhook, and the hosts are notified once the transaction has committed.
/// </summary>
internal static class Outbox
{
    /// <param name="database">In the transaction of the cause; saved by the caller.</param>
    /// <param name="stamps">Provide id and time of the event.</param>
    /// <param name="type">The event type.</param>
    /// <param name="eventId">The organizer's event that it concerns; null for none.</param>
    /// <param name="orderId">The order with the buyer data in it; null for none.</param>
    /// <param name="data">The <c>data</c> of the payload.</param>
    public static void Add(
        EquaticketDbContext database,
        RowStamps stamps,
        WebhookEventType type,
        Guid? eventId,
        Guid? orderId,
        JsonObject data) => Add(database, stamps.Next(), type, eventId, orderId, data);

    /// <summary>The same, for a caller that needs the event's id and time.</summary>
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
