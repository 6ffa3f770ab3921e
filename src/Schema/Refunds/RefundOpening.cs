using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Refunds;

/// <summary>Opens refunds: from then on their tickets belong to them, and to no other refund.</summary>
internal static class RefundOpening
{
    /// <summary>
    /// Opens a refund of whole tickets, each at what was paid for it. It never gives back more than is
    /// left of the payment, of which a part may have been refunded in Stripe.
    /// </summary>
    /// <param name="database">In a transaction; saved by whoever owns it.</param>
    /// <param name="stamps">Give id and time.</param>
    /// <param name="order">The order, from <see cref="OrderLedger.LockAsync"/>.</param>
    /// <param name="tickets">Of <see cref="OrderLedger.Refundable"/>.</param>
    /// <param name="draft">Who asks, and why.</param>
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
        // What goes back without a ticket is missing from what the tickets were paid with.
        order.DifferenceAmount -= refund.Amount;
        order.Refunds.Add(refund);
        database.Add(refund);
        return refund;
    }

    /// <summary>Gives tickets, or more of them, to a refund.</summary>
    public static void Assign(Order order, Refund refund, IReadOnlyCollection<Attendee> tickets)
    {
        refund.AttendeeIds = [.. refund.AttendeeIds, .. tickets.Select(ticket => ticket.Id)];
        order.DifferenceAmount += tickets.Sum(ticket => ticket.AmountPaid);
        foreach (var ticket in tickets)
            ticket.RefundId = refund.Id;
    }

    /// <summary>Whether somebody outside has to give the money back.</summary>
    public static bool NeedsStripe(Order order, Refund refund) =>
        refund.Amount > 0 && order.PaymentProvider == PaymentProvider.Stripe;
}

/// <summary>Who asks for a refund, and why.</summary>
internal sealed record RefundDraft(RefundOrigin Origin, string? Reason = null)
{
    /// <summary>In the currency's smallest unit; for tickets it follows from them.</summary>
    public long Amount { get; init; }

    /// <summary>Stripe's id of a refund that was made there.</summary>
    public string? ProviderReference { get; init; }
}
