using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.CheckIns;

/// <summary>The ticket of a scan: specified by its id or by its code.</summary>
/// <param name="Id">The ticket's id; null if it is specified by its code.</param>
/// <param name="Code">The ticket's code, in upper case; null if it is specified by its id.</param>
internal sealed record ShownTicket(Guid? Id, string? Code)
{
    /// <returns>The ticket, or null if it cannot exist, as for a forged QR text or a malformed id.</returns>
    public static async ValueTask<ShownTicket?> FromAsync(
        OperationContext operation,
        TicketSigner signer,
        CheckInInput input,
        CancellationToken cancellationToken)
    {
        if (input.Code is { } code)
            return new ShownTicket(null, code.ToUpperInvariant());
        if (input.QrText is { } text)
        {
            return await signer.ReadAsync(operation.Tenant, text, cancellationToken) is { } said
                ? new ShownTicket(said.TicketId, null)
                : null;
        }

        return Guid.TryParseExact(input.TicketId, "D", out var id) ? new ShownTicket(id, null) : null;
    }

    public IQueryable<Attendee> In(IQueryable<Attendee> tickets) =>
        Code is null
            ? tickets.Where(ticket => ticket.Id == Id)
            : tickets.Where(ticket => ticket.TicketCode == Code);

    /// <summary>
    /// Locks the ticket until the transaction ends, so that only one of many concurrent scans is the first, and
    /// its event against removal. Then reads it, tracked, with its order and event.
    /// </summary>
    /// <returns>The ticket, or null if the caller has no such ticket.</returns>
    public async Task<Attendee?> LockAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var (database, tenant) = (operation.Database, operation.Tenant);
        var column = Code is null ? "id" : "ticket_code";
        var sql = $$"""
            SELECT ticket.id AS "Value" FROM attendees AS ticket JOIN events AS event
                ON event.organization_id = ticket.organization_id
                AND event.livemode = ticket.livemode AND event.id = ticket.event_id
            WHERE ticket.organization_id = {0} AND ticket.livemode = {1} AND ticket.{{column}} = {2}
            FOR KEY SHARE OF event FOR NO KEY UPDATE OF ticket
            """;
        var locked = await database.Database
            .SqlQueryRaw<Guid>(sql, tenant.OrganizationId, tenant.Livemode, (object?)Id ?? Code!)
            .ToListAsync(cancellationToken);
        return locked is [var id]
            ? await database.Attendees.AsTracking()
                .Include(ticket => ticket.Order!).ThenInclude(order => order.Event)
                .SingleAsync(ticket => ticket.Id == id, cancellationToken)
            : null;
    }
}
