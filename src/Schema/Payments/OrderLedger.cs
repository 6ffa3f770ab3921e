using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Payments;

/// <summary>
/// An order with its tickets and refunds. Every change to an order's money locks the order first, so that changes are
/// serialized.
/// </summary>
internal static class OrderLedger
{
    /// <summary>
    /// Locks the order and its tickets until the transaction ends, and loads them as tracked entities, with the items
    /// and refunds.
    /// </summary>
    /// <exception cref="ApiError">The order does not exist in this organization and mode.</exception>
    public static async Task<Order> LockAsync(
        EquaticketDbContext database, Guid orderId, CancellationToken cancellationToken)
    {
        var order = await OrderLock.GetAsync(database, orderId, cancellationToken);
        await RowLocks.AttendeesOfOrder(database, orderId).AsTracking().LoadAsync(cancellationToken);
        await database.Refunds.Where(refund => refund.OrderId == orderId)
            .AsTracking().LoadAsync(cancellationToken);
        return order;
    }

    /// <summary>The captured amount minus all refunds that have not failed.</summary>
    public static long Left(Order order) =>
        order.CapturedAmount - order.Refunds
            .Where(refund => refund.Status != RefundStatus.Failed).Sum(refund => refund.Amount);

    /// <summary>The valid tickets that are not part of a refund, oldest first.</summary>
    public static List<Attendee> Refundable(Order order) =>
        [.. order.Attendees
            .Where(ticket => ticket is { Status: AttendeeStatus.Valid, RefundId: null })
            .OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];
}
