using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Notes what happened, in the transaction of its cause. The database makes a delivery to each webhook
/// that wants to know, and the hosts are told once the transaction has committed.
/// </summary>
internal static class Outbox
{
    /// <param name="database">In the transaction of the cause; saved by whoever owns it.</param>
    /// <param name="stamps">Give the event its id and time.</param>
    /// <param name="type">What happened.</param>
    /// <param name="eventId">At which of the organizer's events; null for none.</param>
    /// <param name="orderId">The order whose buyer the data names; null for none.</param>
    /// <param name="data">The <c>data</c> of the payload.</param>
    public static void Add(
        EquaticketDbContext database,
        RowStamps stamps,
        WebhookEventType type,
        Guid? eventId,
        Guid? orderId,
        JsonObject data) => Add(database, stamps.Next(), type, eventId, orderId, data);

    /// <summary>The same for whoever needs to know the event's id and time.</summary>
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
