using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>Makes the order of a cart, and takes its stock.</summary>
public sealed class OrderPlacing(OrderNumbers numbers)
{
    private const int MaxOpenHolds = 3;

    /// <summary>Sets the cart's tickets aside until the payment comes.</summary>
    /// <exception cref="ApiError">A rule refuses it, or there are too few tickets.</exception>
    internal async Task<Order> HoldAsync(
        OperationContext operation, Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Cart.Total > 0)
            await RequireFewHoldsAsync(operation, purchase, cancellationToken);
        var order = await AddAsync(operation, purchase, cancellationToken);
        await CartStock.HoldAsync(operation, purchase.Cart, cancellationToken);
        return order;
    }

    private async Task<Order> AddAsync(
        OperationContext operation, Purchase purchase, CancellationToken cancellationToken)
    {
        var (stamp, cart) = (operation.Stamps.Next(), purchase.Cart);
        var order = new Order
        {
            Id = stamp.Id,
            Number = await numbers.NextAsync(operation.Tenant, cancellationToken),
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
            HoldExpiresAt = stamp.CreatedAt + HoldExpiry.HoldLifetime,
            PaymentCheckAt = cart.Total > 0 && purchase.Provider == PaymentProvider.Stripe
                ? stamp.CreatedAt + PaymentReconciliation.FirstCheck
                : null,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        operation.Database.Add(order);
        for (var position = 0; position < cart.Lines.Count; position++)
            order.Items.Add(Item(operation.Stamps, cart.Lines[position], order.Id, position));
        await operation.Database.SaveChangesAsync(cancellationToken);
        operation.Subject = order.Id;
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

    /// <summary>One buyer must not set a whole event aside. Buyers of one address take turns.</summary>
    private static async Task RequireFewHoldsAsync(
        OperationContext operation, Purchase purchase, CancellationToken cancellationToken)
    {
        var (database, now) = (operation.Database, operation.Stamps.Now());
        var (eventId, email) = (purchase.Cart.Event.Id, EmailKeys.Of(purchase.BuyerEmail));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"holds/{eventId}/{email}"));
        await database.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock({BinaryPrimitives.ReadInt64LittleEndian(hash)})",
            cancellationToken);
        if (await database.Orders.CountAsync(
            order => order.EventId == eventId && order.BuyerEmailKey == email
                && order.HoldExpiresAt > now,
            cancellationToken) >= MaxOpenHolds)
        {
            throw ApiError.Unprocessable(
                $"{MaxOpenHolds} checkouts for this address are open. Finish or cancel one.",
                "buyerEmail");
        }
    }
}

/// <summary>A cart that may be bought, and how it is paid.</summary>
/// <param name="Cart">What is bought.</param>
/// <param name="BuyerName">Who buys.</param>
/// <param name="BuyerEmail">Where the tickets go.</param>
/// <param name="Provider">Who takes the payment, if there is anything to pay.</param>
/// <param name="Account">The connected account, with Stripe.</param>
internal sealed record Purchase(
    Cart Cart, string BuyerName, string BuyerEmail, PaymentProvider Provider, string? Account);
