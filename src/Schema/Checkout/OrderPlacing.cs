using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Equaticket.Schema.TicketTypes;

namespace Equaticket.Schema.Checkout;

/// <summary>Takes the stock of a cart and creates its order, in one round trip.</summary>
public sealed class OrderPlacing(OrderNumbers numbers)
{
    /// <summary>Holds the cart's tickets until the order is paid.</summary>
    /// <exception cref="ApiError">A rule forbids it, or there are too few tickets.</exception>
    internal async Task<Order> HoldAsync(
        OperationContext operation,
        WriteTransaction write,
        Purchase purchase,
        CancellationToken cancellationToken)
    {
        await OpenHolds.RequireFewAsync(operation, purchase, cancellationToken);
        await CartStock.RequireRoomAsync(operation, write, purchase.Cart, cancellationToken);
        var order = await AddAsync(operation, write, purchase, cancellationToken);
        await CartStock.HoldAsync(operation, write, purchase.Cart, cancellationToken);
        return order;
    }

    /// <summary>Sells the cart's tickets, which are free or paid with the built-in test payment.</summary>
    /// <exception cref="ApiError">There are too few tickets.</exception>
    internal async Task<Order> SellAsync(
        OperationContext operation,
        WriteTransaction write,
        Purchase purchase,
        CancellationToken cancellationToken)
    {
        await CartStock.RequireRoomAsync(operation, write, purchase.Cart, cancellationToken);
        var (database, stamps) = (operation.Database, operation.Stamps);
        var order = await AddAsync(operation, write, purchase, cancellationToken);
        OrderConfirmation.Confirm(database, stamps, order);
        if (await CartStock.SellAsync(operation, write, purchase.Cart, cancellationToken))
            await SoldOut.AnnounceAsync(database, stamps, order.EventId, cancellationToken);
        return order;
    }

    /// <summary>Records a purchase that failed in test mode. Stock does not change.</summary>
    /// <exception cref="ApiError">There are too few tickets.</exception>
    internal async Task<Order> DeclineAsync(
        OperationContext operation,
        WriteTransaction write,
        Purchase purchase,
        CancellationToken cancellationToken)
    {
        await CartStock.RequireRoomAsync(operation, write, purchase.Cart, cancellationToken);
        var order = await AddAsync(operation, write, purchase, cancellationToken);
        if (order.PaymentProvider is null)
            OrderLifecycle.End(order, OrderStatus.Failed, operation.Stamps.Now());
        else
            OrderLifecycle.Decline(order, operation.Stamps.Now());
        await operation.Database.SaveChangesAsync(cancellationToken);
        return order;
    }

    private async Task<Order> AddAsync(
        OperationContext operation,
        WriteTransaction write,
        Purchase purchase,
        CancellationToken cancellationToken)
    {
        var (stamp, cart) = (operation.Stamps.Next(), purchase.Cart);
        var order = new Order
        {
            Id = stamp.Id,
            Number = write.IsRehearsal
                ? OrderNumbers.First
                : await numbers.NextAsync(operation.Tenant, cancellationToken),
            EventId = cart.Event.Id,
            BuyerName = purchase.BuyerName,
            BuyerEmail = purchase.BuyerEmail,
            BuyerEmailKey = EmailKeys.Of(purchase.BuyerEmail),
            Currency = cart.Event.Currency,
            SubtotalAmount = cart.Total,
            TotalAmount = cart.Total,
            PaymentProvider = cart.Total == 0 ? null : purchase.Provider,
            PaymentStatus = cart.Total == 0 ? null : PaymentStatus.Pending,
            PaymentAccount = purchase.Account,
            CheckoutTokenHash = purchase.TokenHash,
            HoldExpiresAt = stamp.CreatedAt + HoldExpiry.HoldLifetime,
            PaymentCheckAt = cart.Total > 0 && purchase.Provider == PaymentProvider.Stripe
                ? stamp.CreatedAt + PaymentReconciliation.FirstCheck
                : null,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        if (order.PaymentProvider == PaymentProvider.Test)
            order.PaymentReference = TestPayment.Reference(order);
        operation.Database.Add(order);
        for (var position = 0; position < cart.Lines.Count; position++)
            order.Items.Add(Item(operation.Stamps, cart.Lines[position], order.Id, position));
        write.Subject = order.Id;
        return order;
    }

    private static OrderItem Item(RowStamps stamps, CartLine line, Guid orderId, int position) =>
        new()
        {
            Id = stamps.Next().Id,
            OrderId = orderId,
            TicketTypeId = line.Type.Id,
            Name = line.Type.Name,
            Quantity = line.Quantity,
            UnitPrice = line.Type.Price,
            Position = position,
            Named = line.Named,
        };
}
