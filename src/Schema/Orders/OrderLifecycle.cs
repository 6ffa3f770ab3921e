using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.TicketTypes;

namespace Equaticket.Schema.Orders;

/// <summary>How orders change their state.</summary>
internal static class OrderLifecycle
{
    /// <summary>
    /// Ends an order that was not paid for. Its stock is to be given back; a payment that may still
    /// come is called off in the background.
    /// </summary>
    /// <param name="order">A pending order.</param>
    /// <param name="status">Expired or failed.</param>
    /// <param name="now">UTC.</param>
    public static void End(Order order, OrderStatus status, DateTimeOffset now)
    {
        order.Status = status;
        order.HoldExpiresAt = null;
        order.PaymentCheckAt = IsAwaitingStripe(order) ? now : null;
        order.PaymentChecks = 0;
        Touch(order, now);
    }

    /// <summary>Marks a payment that was declined for good.</summary>
    public static void Decline(Order order, DateTimeOffset now)
    {
        order.PaymentStatus = PaymentStatus.Failed;
        End(order, OrderStatus.Failed, now);
    }

    /// <summary>Marks a change of status or a refund.</summary>
    public static void Touch(Order order, DateTimeOffset now)
    {
        order.Version++;
        order.UpdatedAt = now;
    }

    /// <summary>Whether Stripe was, or is to be, asked for a payment of which no end is known.</summary>
    public static bool IsAwaitingStripe(Order order) => order is
    {
        PaymentProvider: PaymentProvider.Stripe,
        PaymentStatus: PaymentStatus.Pending,
    };

    /// <summary>How much of each ticket type an order holds.</summary>
    public static List<Quantity> Quantities(Order order) =>
        [.. order.Items.Select(item => new Quantity(item.TicketTypeId, item.Quantity))];
}
