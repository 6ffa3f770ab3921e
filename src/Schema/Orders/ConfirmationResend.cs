using Equaticket.Engine.Errors;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Sends the tickets of an order to its buyer again.</summary>
internal static class ConfirmationResend
{
    /// <summary>The minimum interval between two emails, so that a buyer can't be flooded with them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <param name="operation">The caller's operation.</param>
    /// <param name="order">The order, locked.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">There is nothing to send, or it was sent a moment ago.</exception>
    public static async Task QueueAsync(
        OperationContext operation, Order order, CancellationToken cancellationToken)
    {
        var database = operation.Database;
        if (!order.Livemode)
            throw ApiError.Unprocessable("Test orders send no email.");
        if (order.BuyerEmail is null)
            throw ApiError.Conflict("The buyer's data was redacted, so there is no address to send to.");
        if (!await database.Attendees.AnyAsync(
            ticket => ticket.OrderId == order.Id && ticket.Status == AttendeeStatus.Valid, cancellationToken))
            throw ApiError.Conflict("This order has no valid tickets to send.");
        if (await database.Events.AnyAsync(
            row => row.Id == order.EventId && row.Status == EventStatus.Cancelled, cancellationToken))
            throw ApiError.Conflict("The event is cancelled, so its tickets are not sent.");
        var since = operation.Stamps.Now() - Pause;
        if (await database.QueuedEmails.AnyAsync(
            email => email.OrderId == order.Id && email.Kind == EmailKind.OrderConfirmed && email.CreatedAt > since,
            cancellationToken))
            throw ApiError.Conflict("The tickets were sent less than a minute ago. Wait a minute, then try again.");
        EmailQueue.Add(database, operation.Stamps, EmailKind.OrderConfirmed, order);
        AuditLog.Record(
            operation, AuditAction.OrderConfirmationResent, order.Id, OrderNumbers.Format(order.Number));
        await database.SaveChangesAsync(cancellationToken);
    }
}
