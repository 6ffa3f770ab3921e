using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TicketTypes;

/// <summary>
/// Tracks when an event sells out, and when it is no longer sold out. The event's row is locked only here,
/// last: when a ticket type sells out, gets tickets back or is edited.
/// </summary>
internal static class SoldOut
{
    /// <summary>
    /// Called when a sale has sold out a ticket type; webhooks are notified if that was the last
    /// one. Saves.
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

    /// <summary>Called when tickets were returned.</summary>
    /// <remarks>
    /// If two transactions change the stock of an event at the same time, the later one waits and sees
    /// the effect of the earlier one.
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
    /// Called when ticket types were edited. A change of <c>sold_out</c> updates the event's
    /// <c>updated_at</c>, so that pollers see it, but not its version.
    /// </summary>
    /// <param name="database">In a transaction that has locked the event.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="now">Read under that lock.</param>
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

/// <summary>The new <c>sold_out</c> of an event.</summary>
internal sealed record SoldOutChange(string Title, bool SoldOutAnnounced);
