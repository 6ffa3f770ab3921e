using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Orders;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Voids tickets whose payment was lost in a dispute. Their stock is not released, and the amount paid for them is
/// added to the order's difference.
/// </summary>
internal static class LostDisputes
{
    /// <param name="stamps">Provides the time.</param>
    /// <param name="order">The order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    public static void Apply(RowStamps stamps, Order order)
    {
        var now = stamps.Now();
        var valid = order.Attendees
            .Where(ticket => ticket.Status == AttendeeStatus.Valid).ToList();
        if (valid.Count == 0)
            return;
        foreach (var ticket in valid)
        {
            (ticket.Status, ticket.UpdatedAt) = (AttendeeStatus.Void, now);
            ticket.Version++;
            if (ticket.RefundId is null)
                order.DifferenceAmount += ticket.AmountPaid;
        }

        OrderLifecycle.Touch(order, now);
    }
}
