using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.TicketTypes;

namespace Equaticket.Schema.Orders;

/// <summary>The state changes of orders.</summary>
internal static class OrderLifecycle
{
    /// <summary>
    /// Ends an unpaid order. The caller releases its stock. A payment that may still arrive is cancelled in the
    /// background.
    /// </summary>
    /// <param name="order">A pending order.</param>
    /// <param name="status">Expired or failed.</param>
    /// <param name="now">The current time, in UTC.</param>
    public static void End(Order order, OrderStatus status, DateTimeOffset now)
    {
        order.Status = status;
        order.HoldExpiresAt = null;
        order.PaymentCheckAt = IsAwaitingStripe(order) ? now : null;
        order.PaymentChecks = 0;
        Touch(order, now);
    }

    /// <summary>Ends an unpaid order, and releases its stock. The order must be tracked and locked.</summary>
    public static async Task EndAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        OrderStatus status,
        CancellationToken cancellationToken)
    {
        End(order, status, stamps.Now());
        await database.SaveChangesAsync(cancellationToken);
        await Stock.ReleaseAsync(database, order.EventId, Quantities(order), cancellationToken);
    }

    /// <summary>Marks a payment as permanently declined.</summary>
    public static void Decline(Order order, DateTimeOffset now)
    {
        order.PaymentStatus = PaymentStatus.Failed;
        End(order, OrderStatus.Failed, now);
    }

    /// <summary>Records a status change or a refund.</summary>
    public static void Touch(Order order, DateTimeOffset now)
    {
        order.Version++;
        order.UpdatedAt = now;
    }

    /// <summary>Whether a payment was or will be requested from Stripe and its outcome is still unknown.</summary>
    public static bool IsAwaitingStripe(Order order) => order is
    {
        PaymentProvider: PaymentProvider.Stripe,
        PaymentStatus: PaymentStatus.Pending,
    };

    /// <summary>The quantity of each ticket type in an order.</summary>
    public static List<Quantity> Quantities(Order order) =>
        [.. order.Items.Select(item => new Quantity(item.TicketTypeId, item.Quantity))];
}
