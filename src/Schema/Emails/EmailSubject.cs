using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Emails;

/// <summary>The subject of an e-mail, as of when it is sent.</summary>
/// <param name="Email">The queued e-mail.</param>
/// <param name="Organization">The seller.</param>
/// <param name="Order">The order whose buyer receives it, with its event and tickets.</param>
/// <param name="Refund">The refund; null for other kinds.</param>
internal sealed record EmailSubject(
    QueuedEmail Email, Organization Organization, Order Order, Refund? Refund)
{
    public Event Event => Order.Event!;

    /// <summary>The tickets that are still valid, in the order of purchase.</summary>
    public IReadOnlyList<Attendee> ValidTickets =>
        [.. Order.Attendees.Where(ticket => ticket.Status == AttendeeStatus.Valid)
            .OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];

    /// <returns>Null if the order or its buyer's data is gone.</returns>
    public static async Task<EmailSubject?> ReadAsync(
        TenantContexts contexts, QueuedEmail email, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(new(email.OrganizationId, email.Livemode));
        var order = await database.Orders
            .Include(row => row.Event)
            .SingleOrDefaultAsync(row => row.Id == email.OrderId, cancellationToken);
        if (order?.BuyerEmail is null)
            return null;
        foreach (var ticket in await database.Attendees
            .Where(ticket => ticket.OrderId == order.Id).ToListAsync(cancellationToken))
            order.Attendees.Add(ticket);
        var organization = await database.Organizations
            .SingleAsync(row => row.Id == email.OrganizationId, cancellationToken);
        var refund = await database.Refunds
            .SingleOrDefaultAsync(row => row.Id == email.RefundId, cancellationToken);
        return new EmailSubject(email, organization, order, refund);
    }
}
