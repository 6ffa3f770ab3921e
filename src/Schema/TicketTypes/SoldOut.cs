using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>
/// Tracks whether an event is sold out. The event's row is locked only here, after all other rows: when a ticket type
/// sells out, gets tickets back or is edited.
/// </summary>
internal static class SoldOut
{
    /// <summary>
    /// Called after a sale sells out a ticket type. Notifies webhooks if it was the last ticket type with tickets left,
    /// and saves.
    /// </summary>
    public static async Task AnnounceAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Guid eventId,
        CancellationToken cancellationToken)
    {
        if (await FollowAsync(database, stamps, eventId, cancellationToken)
            is not { SoldOutAnnounced: true, Title: var title })
            return;
        Outbox.Add(database, stamps, WebhookEventType.EventSoldOut, eventId, orderId: null, new JsonObject
        {
            ["event_id"] = eventId,
            ["event_title"] = title,
        });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Called after tickets are returned.</summary>
    /// <remarks>
    /// If two transactions change an event's stock concurrently, the later one waits and sees the effect of the earlier
    /// one.
    /// </remarks>
    /// <returns>The change; null if there was none.</returns>
    public static async Task<SoldOutChange?> FollowAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Guid eventId,
        CancellationToken cancellationToken)
    {
        await RowLocks.Event(database, eventId).LoadAsync(cancellationToken);
        return await NoteAsync(database, eventId, stamps.Now(), cancellationToken);
    }

    /// <summary>
    /// Called after ticket types are edited. A change of <c>sold_out</c> updates the event's <c>updated_at</c>, so that
    /// pollers see it, but not its version.
    /// </summary>
    /// <param name="database">The database, in a transaction that has locked the event.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="now">The current time, read while holding that lock.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The change; null if there was none.</returns>
    public static async Task<SoldOutChange?> NoteAsync(
        EquaticketDbContext database,
        Guid eventId,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var tenant = database.Tenant!.Value;
        var changes = await database.Database.SqlQuery<SoldOutChange>(
            $"""
            UPDATE events SET sold_out_announced = NOT sold_out_announced, updated_at = {now}
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND id = {eventId} AND sold_out_announced <> (
                    SELECT coalesce(bool_and(coalesce(quantity_sold >= quantity_total, false)), false)
                    FROM ticket_types
                    WHERE organization_id = {tenant.OrganizationId}
                        AND livemode = {tenant.Livemode} AND event_id = {eventId})
            RETURNING title, sold_out_announced
            """).ToListAsync(cancellationToken);
        return changes.SingleOrDefault();
    }
}

/// <summary>The new <c>sold_out</c> value of an event.</summary>
internal sealed record SoldOutChange(string Title, bool SoldOutAnnounced);
