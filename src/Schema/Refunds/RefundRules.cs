using Equaticket.Engine.Errors;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Refunds;

/// <summary>The rules for refunds requested by users and keys.</summary>
internal static class RefundRules
{
    /// <summary>Returns the tickets to refund: the given tickets, or all valid ones.</summary>
    /// <exception cref="ApiError">A given ticket is not part of the order, or cannot be refunded.</exception>
    public static List<Attendee> Choose(Order order, IReadOnlyList<Guid>? attendeeIds)
    {
        var refundable = OrderLedger.Refundable(order);
        if (attendeeIds is null)
        {
            return refundable.Count > 0
                ? refundable
                : throw ApiError.Conflict(order.Attendees.Count == 0
                    ? "This order has no tickets. Only confirmed orders can be refunded."
                    : "This order has no tickets left to refund.");
        }

        return [.. attendeeIds.Select((id, index) => Choose(order, id, $"attendeeIds[{index}]"))];
    }

    /// <summary>Tickets can be refunded until the event starts; after that, only if it is cancelled.</summary>
    /// <exception cref="ApiError">The event has started.</exception>
    public static void RequireInTime(Event row, DateTimeOffset now)
    {
        if (row.Status != EventStatus.Cancelled && row.StartsAt <= now)
        {
            throw ApiError.Unprocessable(
                "The event has started, so its tickets can no longer be refunded.");
        }
    }

    private static Attendee Choose(Order order, Guid id, string param)
    {
        var ticket = order.Attendees.FirstOrDefault(t => t.Id == id)
            ?? throw ApiError.NotFound("ticket in this order").WithParam(param);
        return ticket switch
        {
            { Status: AttendeeStatus.Refunded } =>
                throw ApiError.Conflict("This ticket has already been refunded.", param),
            { Status: AttendeeStatus.Void } => throw ApiError.Conflict(
                "The payment for this ticket was lost in a dispute.", param),
            { RefundId: not null } => throw ApiError.Conflict(
                "A refund of this ticket is already in progress.", param),
            _ => ticket,
        };
    }
}
