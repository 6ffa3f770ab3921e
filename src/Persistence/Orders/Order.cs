using System.ComponentModel;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>One buyer's purchase. Amounts are in the currency's smallest unit.</summary>
public sealed class Order : TenantEntity, IChangingRow
{
    /// <summary>Sequential per organization and mode, from 1001; gaps are allowed.</summary>
    public required long Number { get; init; }

    public required Guid EventId { get; init; }

    public OrderStatus Status { get; set; } = OrderStatus.Pending;

    /// <summary>Null once the buyer's data was redacted.</summary>
    public string? BuyerName { get; set; }

    /// <summary>The address as the buyer entered it; null once the buyer's data was redacted.</summary>
    public string? BuyerEmail { get; set; }

    /// <summary>The email address in the form used for lookups, which ignores case.</summary>
    public string? BuyerEmailKey { get; set; }

    public required string Currency { get; init; }

    public required long SubtotalAmount { get; init; }

    public long DiscountAmount { get; init; }

    public long TaxAmount { get; init; }

    public long FeeAmount { get; init; }

    /// <summary>Subtotal minus discount, plus tax and fee.</summary>
    public required long TotalAmount { get; init; }

    /// <summary>The sum of successful refunds.</summary>
    public long RefundedAmount { get; set; }

    /// <summary>The provider that processes the payment; null for a free order.</summary>
    public PaymentProvider? PaymentProvider { get; init; }

    /// <summary>The provider's id of the payment (<c>pi_…</c>); null until the provider is called.</summary>
    public string? PaymentReference { get; set; }

    /// <summary>Null for a free order.</summary>
    public PaymentStatus? PaymentStatus { get; set; }

    /// <summary>The connected account that receives the payment (<c>acct_…</c>); Stripe only.</summary>
    public string? PaymentAccount { get; init; }

    /// <summary>The amount captured from the buyer.</summary>
    public long CapturedAmount { get; set; }

    /// <summary>
    /// The part of the captured amount that valid tickets and refunds do not account for: negative after a refund made
    /// in Stripe that covers no whole ticket, positive for tickets voided by a dispute.
    /// </summary>
    public long DifferenceAmount { get; set; }

    /// <summary>
    /// When to next poll Stripe for the payment's status or cancel the payment, or when the current claim on the order
    /// ends. Null if there is nothing left to do.
    /// </summary>
    public DateTimeOffset? PaymentCheckAt { get; set; }

    /// <summary>The number of times Stripe was polled.</summary>
    public int PaymentChecks { get; set; }

    /// <summary>When the hold on the stock ends; null if nothing is held.</summary>
    public DateTimeOffset? HoldExpiresAt { get; set; }

    /// <summary>SHA-256 of the buyer's checkout token; null for orders without a checkout.</summary>
    public byte[]? CheckoutTokenHash { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Starts at 1; incremented on each change of status or refund.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public Event? Event { get; }

    public ICollection<OrderItem> Items { get; } = [];

    public ICollection<Attendee> Attendees { get; } = [];

    public ICollection<Refund> Refunds { get; } = [];
}

/// <summary>The status of an order.</summary>
[Description("The status of an order.")]
public enum OrderStatus
{
    [Description("Awaiting payment; its tickets are held.")]
    Pending,

    [Description("Paid or free; its tickets are valid.")]
    Confirmed,

    [Description("Some of its tickets have been refunded.")]
    PartiallyRefunded,

    [Description("All of its tickets have been refunded.")]
    Refunded,

    [Description("The payment did not arrive in time. The order has no tickets.")]
    Expired,

    [Description("The payment was declined, or the checkout was cancelled. The order has no tickets.")]
    Failed,
}

/// <summary>The last order number of an organization in one mode.</summary>
public sealed class OrderCounter : TenantOwned
{
    public required long Last { get; init; }
}

/// <summary>The form in which email addresses are compared: the whole address, ignoring case.</summary>
public static class EmailKeys
{
    public static string Of(string email) => email.Trim().ToLowerInvariant();
}
