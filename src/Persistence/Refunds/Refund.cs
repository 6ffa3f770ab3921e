using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Refunds;

/// <summary>Money returned to a buyer, for whole tickets or, if refunded in Stripe, for none.</summary>
public sealed class Refund : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid OrderId { get; init; }

    /// <summary>In the order's currency's smallest unit; 0 for free tickets.</summary>
    public required long Amount { get; init; }

    /// <summary>Free text from the person who requested it.</summary>
    public string? Reason { get; init; }

    public required RefundOrigin Origin { get; init; }

    public RefundStatus Status { get; set; } = RefundStatus.Pending;

    /// <summary>The refunded tickets; empty for an amount that covers no whole ticket.</summary>
    public required Guid[] AttendeeIds { get; set; }

    /// <summary>The provider's id (<c>re_…</c>); null until the provider has responded.</summary>
    public string? ProviderReference { get; set; }

    /// <summary>
    /// When to call the provider next, or when the current claim on the refund ends. Null if there is
    /// nothing is left to ask.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>How often the provider was called.</summary>
    public int Attempts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
