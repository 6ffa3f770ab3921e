using Equaticket.Engine.Errors;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Refunds;

/// <summary>What a person, or a key, may have refunded.</summary>
internal static class RefundRules
{
    /// <summary>The tickets to refund: those that are named, or all that are valid.</summary>
    /// <exception cref="ApiError">A named ticket is not the order's, or cannot be refunded.</exception>
    public static List<Attendee> Choose(Order order, IReadOnlyList<Guid>? attendeeIds)
    {
        var refundable = OrderLedger.Refundable(order);
        if (attendeeIds is null)
        {
            return refundable.Count > 0
                ? refundable
                : throw ApiError.Conflict(order.Attendees.Count == 0
                    ? "This order has no tickets. Only confirmed orders can be refunded."
                    : "No ticket of this order is left to refund.");
        }

        return [.. attendeeIds.Select((id, index) => Choose(order, id, $"attendeeIds[{index}]"))];
    }

    /// <summary>Refunds end with the event's start; of a cancelled event they do not.</summary>
    /// <exception cref="ApiError">The event has started.</exception>
    public static void RequireInTime(Event row, DateTimeOffset now)
    {
        if (row.Status != EventStatus.Cancelled && row.StartsAt <= now)
        {
            throw ApiError.Unprocessable(
                "The event has started, and tickets can no longer be refunded.");
        }
    }

    private static Attendee Choose(Order order, Guid id, string param)
    {
        var ticket = order.Attendees.FirstOrDefault(t => t.Id == id)
            ?? throw ApiError.NotFound("ticket of this order").WithParam(param);
        return ticket switch
        {
            { Status: AttendeeStatus.Refunded } =>
                throw ApiError.Conflict("This ticket is already refunded.", param),
            { Status: AttendeeStatus.Void } => throw ApiError.Conflict(
                "The payment of this ticket was lost to a dispute.", param),
            { RefundId: not null } => throw ApiError.Conflict(
                "A refund of this ticket is under way.", param),
            _ => ticket,
        };
    }
}
