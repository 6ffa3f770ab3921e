using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.CheckIns;

/// <summary>Which ticket a scan means: by its id or, as it is read out, by its code.</summary>
/// <param name="Id">The ticket's id; null when it is named by its code.</param>
/// <param name="Code">The ticket's code, in upper case; null when it is named by its id.</param>
internal sealed record ShownTicket(Guid? Id, string? Code)
{
    /// <returns>What is shown, or null for a forged QR text.</returns>
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
    /// Locks the ticket until the transaction ends, so that of many scans at once one is the first, and
    /// its event against being removed. Then reads it, tracked, with its order and event.
    /// </summary>
    /// <returns>The ticket, or null when the caller has none of that name.</returns>
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
