using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>
/// Tells once that a sale took the last ticket of an event. The event's row is locked only here, last
/// of all: when a ticket type has none left, or gets tickets back.
/// </summary>
internal static class SoldOut
{
    /// <summary>
    /// Called when a ticket type has none left. Of two sales that take the last tickets of two types
    /// at the same moment, the later waits and sees what the earlier one sold. It saves.
    /// </summary>
    public static async Task AnnounceAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Guid eventId,
        CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        await LockAsync(database, eventId, cancellationToken);
        var titles = await database.Database.SqlQuery<string>(
            $"""
            UPDATE events SET sold_out_announced = true
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND id = {eventId} AND NOT sold_out_announced
                AND NOT EXISTS (SELECT 1 FROM ticket_types
                    WHERE organization_id = {tenant.OrganizationId}
                        AND livemode = {tenant.Livemode} AND event_id = {eventId}
                        AND (quantity_total IS NULL OR quantity_sold < quantity_total))
            RETURNING title AS "Value"
            """).ToListAsync(cancellationToken);
        foreach (var title in titles)
        {
            Outbox.Add(database, stamps, WebhookEventType.EventSoldOut, eventId, orderId: null, new JsonObject
            {
                ["event_id"] = eventId,
                ["event_title"] = title,
            });
        }

        if (titles.Count > 0)
            await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Called when tickets came back: the next sale of the last one is told again.</summary>
    /// <remarks>
    /// It waits for a sale that is announcing at this moment, which does not see these tickets yet and
    /// whose mark would stay behind.
    /// </remarks>
    public static async Task RearmAsync(
        EquaticketDbContext database, Guid eventId, CancellationToken cancellationToken)
    {
        await LockAsync(database, eventId, cancellationToken);
        await database.Events.Where(e => e.Id == eventId && e.SoldOutAnnounced)
            .ExecuteUpdateAsync(
                e => e.SetProperty(row => row.SoldOutAnnounced, false), cancellationToken);
    }

    private static Task LockAsync(
        EquaticketDbContext database, Guid eventId, CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        return database.Database.ExecuteSqlAsync(
            $"""
            SELECT 1 FROM events WHERE organization_id = {tenant.OrganizationId}
                AND livemode = {tenant.Livemode} AND id = {eventId}
            FOR NO KEY UPDATE
            """,
            cancellationToken);
    }
}
