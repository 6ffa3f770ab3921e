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
/// An order with everything that its money went into: tickets and refunds. Whoever moves money of an
/// order locks it first, so that one after another sees the whole.
/// </summary>
internal static class OrderLedger
{
    /// <summary>
    /// Locks the order and its tickets until the transaction ends, and reads them with items and
    /// refunds, tracked.
    /// </summary>
    /// <exception cref="ApiError">There is no such order in this organization and mode.</exception>
    public static async Task<Order> LockAsync(
        EquaticketDbContext database, Guid orderId, CancellationToken cancellationToken)
    {
        var order = await OrderLock.GetAsync(database, orderId, cancellationToken);
        await RowLocks.AttendeesOfOrder(database, orderId).AsTracking().LoadAsync(cancellationToken);
        await database.Refunds.Where(refund => refund.OrderId == orderId)
            .AsTracking().LoadAsync(cancellationToken);
        return order;
    }

    /// <summary>What of the payment has not been given back, nor is about to be.</summary>
    public static long Left(Order order) =>
        order.CapturedAmount - order.Refunds
            .Where(refund => refund.Status != RefundStatus.Failed).Sum(refund => refund.Amount);

    /// <summary>The tickets that are valid and not about to be taken back, oldest first.</summary>
    public static List<Attendee> Refundable(Order order) =>
        [.. order.Attendees
            .Where(ticket => ticket is { Status: AttendeeStatus.Valid, RefundId: null })
            .OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];
}
