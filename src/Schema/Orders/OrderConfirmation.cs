using System.Text.Json.Nodes;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Emails;
using Equaticket.Schema.TicketTypes;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>
/// Creates the tickets of an order once it is paid, in one transaction with its webhook event and its email.
/// </summary>
internal static class OrderConfirmation
{
    /// <param name="database">The context with an open transaction, and the order tracked and locked.</param>
    /// <param name="stamps">Provides the ids and times of the tickets.</param>
    /// <param name="order">The order.</param>
    /// <param name="isTypeSoldOut">Whether the stock change sold out a ticket type.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task ConfirmAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        bool isTypeSoldOut,
        CancellationToken cancellationToken)
    {
        Confirm(database, stamps, order);
        await database.SaveChangesAsync(cancellationToken);
        if (isTypeSoldOut)
            await SoldOut.AnnounceAsync(database, stamps, order.EventId, cancellationToken);
    }

    /// <summary>Confirms the order without saving, for a sale that changes the stock afterwards.</summary>
    public static void Confirm(EquaticketDbContext database, RowStamps stamps, Order order)
    {
        // An order that is sold at once has never changed.
        var now = database.Entry(order).State == EntityState.Added ? order.CreatedAt : stamps.Now();
        order.Status = OrderStatus.Confirmed;
        order.HoldExpiresAt = null;
        order.PaymentCheckAt = null;
        order.ConfirmedAt = now;
        OrderLifecycle.Touch(order, now);
        if (order.PaymentProvider is not null)
            (order.PaymentStatus, order.CapturedAmount) = (PaymentStatus.Succeeded, order.TotalAmount);
        AddTickets(database, stamps, order);
        AddEvents(database, stamps, order);
    }

    private static void AddTickets(EquaticketDbContext database, RowStamps stamps, Order order)
    {
        foreach (var item in order.Items.OrderBy(item => item.Position))
        {
            for (var number = 0; number < item.Quantity; number++)
                database.Add(Ticket(stamps.Next(), order, item, item.Named.ElementAtOrDefault(number)));
            item.Named = [];
            database.SoldTickets += item.Quantity;
        }
    }

    private static Attendee Ticket(
        RowStamp stamp, Order order, OrderItem item, NamedAttendee? named)
    {
        var email = named?.Email ?? order.BuyerEmail;
        return new Attendee
        {
            Id = stamp.Id,
            EventId = order.EventId,
            OrderId = order.Id,
            OrderNumber = order.Number,
            TicketTypeId = item.TicketTypeId,
            TicketTypeName = item.Name,
            TicketCode = TicketCodes.Draw(),
            Name = named?.Name ?? order.BuyerName,
            Email = email,
            EmailKey = email is null ? null : EmailKeys.Of(email),
            Price = item.UnitPrice,
            AmountPaid = item.UnitPrice,
            Currency = order.Currency,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
    }

    private static void AddEvents(EquaticketDbContext database, RowStamps stamps, Order order)
    {
        Outbox.Add(database, stamps, WebhookEventType.OrderCreated, order.EventId, order.Id, new JsonObject
        {
            ["order_id"] = order.Id,
            ["order_number"] = OrderNumbers.Format(order.Number),
            ["buyer_email"] = order.BuyerEmail,
            ["buyer_name"] = order.BuyerName,
            ["event_id"] = order.EventId,
            ["total_amount"] = order.TotalAmount,
            ["currency"] = order.Currency,
        });
        EmailQueue.Add(database, stamps, EmailKind.OrderConfirmed, order);
    }
}
