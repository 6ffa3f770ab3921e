using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Refunds;

/// <summary>Opens refunds. An opened refund owns its tickets.</summary>
internal static class RefundOpening
{
    /// <summary>
    /// Opens a refund of whole tickets, each at the amount paid. The refund never exceeds what is left of the payment,
    /// part of which may have been refunded in Stripe.
    /// </summary>
    /// <param name="database">The database, in a transaction. The caller saves.</param>
    /// <param name="stamps">Provides the id and time.</param>
    /// <param name="order">The order, locked by <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="tickets">Tickets from <see cref="OrderLedger.Refundable"/>.</param>
    /// <param name="draft">The requester and reason.</param>
    public static Refund OfTickets(
        EquaticketDbContext database,
        RowStamps stamps,
        Order order,
        IReadOnlyCollection<Attendee> tickets,
        RefundDraft draft)
    {
        var paid = tickets.Sum(ticket => ticket.AmountPaid);
        var amount = Math.Min(paid, Math.Max(OrderLedger.Left(order), 0));
        var refund = Open(database, stamps, order, draft with { Amount = amount });
        Assign(order, refund, tickets);
        return refund;
    }

    /// <summary>Opens a refund of an amount, without tickets.</summary>
    public static Refund Open(
        EquaticketDbContext database, RowStamps stamps, Order order, RefundDraft draft)
    {
        var stamp = stamps.Next();
        var refund = new Refund
        {
            Id = stamp.Id,
            OrderId = order.Id,
            Amount = draft.Amount,
            Reason = draft.Reason,
            Origin = draft.Origin,
            AttendeeIds = [],
            ProviderReference = draft.ProviderReference,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        // An amount refunded without tickets is no longer part of the money paid for the tickets.
        order.DifferenceAmount -= refund.Amount;
        order.Refunds.Add(refund);
        database.Add(refund);
        return refund;
    }

    /// <summary>Adds tickets to a refund.</summary>
    public static void Assign(Order order, Refund refund, IReadOnlyCollection<Attendee> tickets)
    {
        refund.AttendeeIds = [.. refund.AttendeeIds, .. tickets.Select(ticket => ticket.Id)];
        order.DifferenceAmount += tickets.Sum(ticket => ticket.AmountPaid);
        foreach (var ticket in tickets)
            ticket.RefundId = refund.Id;
    }

    /// <summary>Whether an external provider must return the money.</summary>
    public static bool NeedsStripe(Order order, Refund refund) =>
        refund.Amount > 0 && order.PaymentProvider == PaymentProvider.Stripe;
}

/// <summary>The requester and reason of a refund.</summary>
internal sealed record RefundDraft(RefundOrigin Origin, string? Reason = null)
{
    /// <summary>
    /// The amount, in the currency's smallest unit. For a refund of tickets, it is derived from them.
    /// </summary>
    public long Amount { get; init; }

    /// <summary>Stripe's id, for a refund made in Stripe.</summary>
    public string? ProviderReference { get; init; }
}
