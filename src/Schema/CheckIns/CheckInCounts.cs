using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.CheckIns;

/// <summary>The check-in progress of an event.</summary>
/// <param name="EventId">The event.</param>
/// <param name="LastScanAt">The time of the last scan, with any outcome; null before the first.</param>
/// <param name="TicketTypes">The counts of each ticket type, in the event's order.</param>
public sealed record CheckInStats(
    Guid EventId, DateTimeOffset? LastScanAt, IReadOnlyList<TicketTypeCheckIns> TicketTypes)
{
    public long Total => TicketTypes.Sum(type => type.Total);

    public long CheckedIn => TicketTypes.Sum(type => type.CheckedIn);
}

/// <summary>The number of valid tickets of a type, and how many of them are checked in.</summary>
public sealed record TicketTypeCheckIns(Guid TicketTypeId, string Name, long Total, long CheckedIn);

/// <summary>
/// Counts the check-ins of an event in one statement: an index-only scan of its valid tickets per type.
/// </summary>
internal static class CheckInCounts
{
    /// <exception cref="ApiError">The caller has no event with this id.</exception>
    public static async Task<CheckInStats> ReadAsync(
        OperationContext operation, Guid eventId, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(operation, eventId, cancellationToken);
        return rows.Count == 0
            ? throw ApiError.NotFound("event")
            : new CheckInStats(eventId, rows[0].LastScanAt,
                [.. rows.Where(row => row.TicketTypeId is not null).Select(row =>
                    new TicketTypeCheckIns(
                        row.TicketTypeId!.Value, row.Name!, row.Total, row.CheckedIn))]);
    }

    /// <returns>One row per ticket type; for an event without ticket types, one row without a type.</returns>
    private static Task<List<Row>> RowsAsync(
        OperationContext operation, Guid eventId, CancellationToken cancellationToken)
    {
        var tenant = operation.Tenant;
        return operation.Database.Database.SqlQuery<Row>(
            $"""
            SELECT type.id AS ticket_type_id, type.name, tickets.total, tickets.checked_in,
                (SELECT created_at FROM scans
                    WHERE organization_id = event.organization_id AND livemode = event.livemode
                        AND event_id = event.id AND outcome <> 'undone'
                    ORDER BY created_at DESC, id DESC LIMIT 1) AS last_scan_at
            FROM events AS event
            LEFT JOIN ticket_types AS type ON type.organization_id = event.organization_id
                AND type.livemode = event.livemode AND type.event_id = event.id
            CROSS JOIN LATERAL (
                SELECT count(*) AS total, count(*) FILTER (WHERE checked_in) AS checked_in
                FROM attendees
                WHERE organization_id = event.organization_id AND livemode = event.livemode
                    AND ticket_type_id = type.id AND status = 'valid') AS tickets
            WHERE event.organization_id = {tenant.OrganizationId}
                AND event.livemode = {tenant.Livemode} AND event.id = {eventId}
            ORDER BY type.position, type.id
            """).ToListAsync(cancellationToken);
    }

    private sealed record Row(
        Guid? TicketTypeId, string? Name, long Total, long CheckedIn, DateTimeOffset? LastScanAt);
}
