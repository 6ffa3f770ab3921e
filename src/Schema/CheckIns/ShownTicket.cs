using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.CheckIns;

/// <summary>The ticket of a scan, specified by id or code.</summary>
/// <param name="Id">The ticket's id; null if it is specified by its code.</param>
/// <param name="Code">The ticket's code, in upper case; null if it is specified by its id.</param>
internal sealed record ShownTicket(Guid? Id, string? Code)
{
    /// <returns>The presented ticket, or null for a forged QR text.</returns>
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

        return new ShownTicket(input.TicketId, null);
    }

    public IQueryable<Attendee> In(IQueryable<Attendee> tickets) =>
        Code is null
            ? tickets.Where(ticket => ticket.Id == Id)
            : tickets.Where(ticket => ticket.TicketCode == Code);

    /// <summary>
    /// Locks the ticket until the transaction ends, so that only one of several concurrent scans is the first, and
    /// protects its event from removal. Then reads the ticket, tracked, with its order and event.
    /// </summary>
    /// <returns>The ticket, or null if the caller has no such ticket.</returns>
    public async Task<Attendee?> LockAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var database = operation.Database;
        var locked = await RowLocks.Ticket(database, Id, Code).Select(ticket => ticket.Id)
            .ToListAsync(cancellationToken);
        return locked is [var id]
            ? await database.Attendees.AsTracking()
                .Include(ticket => ticket.Order!).ThenInclude(order => order.Event)
                .SingleAsync(ticket => ticket.Id == id, cancellationToken)
            : null;
    }
}
