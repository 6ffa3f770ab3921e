using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>One buyer's purchase. Amounts are in the currency's smallest unit.</summary>
public sealed class Order : ITenantOwned, IChangingRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    /// <summary>Counts up in an organization and mode, from 1001; gaps are allowed.</summary>
    public required long Number { get; init; }

    public required Guid EventId { get; init; }

    public OrderStatus Status { get; set; } = OrderStatus.Pending;

    /// <summary>Null once the buyer's data was redacted.</summary>
    public string? BuyerName { get; set; }

    /// <summary>As the buyer wrote it; null once the buyer's data was redacted.</summary>
    public string? BuyerEmail { get; set; }

    /// <summary>The address by which it is found, letter case aside.</summary>
    public string? BuyerEmailKey { get; set; }

    public required string Currency { get; init; }

    public required long SubtotalAmount { get; init; }

    public long DiscountAmount { get; init; }

    public long TaxAmount { get; init; }

    public long FeeAmount { get; init; }

    /// <summary>Subtotal less discount, plus tax and fee.</summary>
    public required long TotalAmount { get; init; }

    /// <summary>The sum of the refunds that succeeded.</summary>
    public long RefundedAmount { get; set; }

    /// <summary>Who takes the payment; null for an order that is free.</summary>
    public PaymentProvider? PaymentProvider { get; init; }

    /// <summary>The provider's id of the payment (<c>pi_…</c>); null until the provider was asked.</summary>
    public string? PaymentReference { get; set; }

    /// <summary>Null for an order that is free.</summary>
    public PaymentStatus? PaymentStatus { get; set; }

    /// <summary>The connected account that takes the payment (<c>acct_…</c>); Stripe only.</summary>
    public string? PaymentAccount { get; init; }

    /// <summary>What the provider took from the buyer.</summary>
    public long CapturedAmount { get; set; }

    /// <summary>
    /// What was captured beyond what valid tickets and refunds account for: below zero after a refund
    /// made in Stripe that is no whole ticket's, above zero for tickets that a dispute made void.
    /// </summary>
    public long DifferenceAmount { get; set; }

    /// <summary>
    /// When Stripe is to be asked next how the payment stands, or to call it off, and until when
    /// whoever asks has the order to itself. Null when nothing is left to ask.
    /// </summary>
    public DateTimeOffset? PaymentCheckAt { get; set; }

    /// <summary>How often Stripe was asked so.</summary>
    public int PaymentChecks { get; set; }

    /// <summary>Until then the stock is set aside; null when nothing is held.</summary>
    public DateTimeOffset? HoldExpiresAt { get; set; }

    /// <summary>SHA-256 of the token that the buyer holds; null for orders that had no checkout.</summary>
    public byte[]? CheckoutTokenHash { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>From 1; moves on each change of status or refund.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public Event? Event { get; }

    public ICollection<OrderItem> Items { get; } = [];

    public ICollection<Attendee> Attendees { get; } = [];

    public ICollection<Refund> Refunds { get; } = [];
}
