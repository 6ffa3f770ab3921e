using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Orders;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Makes tickets void whose payment was lost to a dispute. Their places are not sold again; what was
/// paid for them is recorded as the order's difference.
/// </summary>
internal static class LostDisputes
{
    /// <param name="stamps">Tell the time.</param>
    /// <param name="order">From <see cref="OrderLedger.LockAsync"/>.</param>
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
