using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Refunds;

/// <summary>Money that goes back to a buyer, for whole tickets or, from Stripe, for none.</summary>
public sealed class Refund : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid OrderId { get; init; }

    /// <summary>In the order's currency's smallest unit; 0 for free tickets.</summary>
    public required long Amount { get; init; }

    /// <summary>Free text of whoever asked for it.</summary>
    public string? Reason { get; init; }

    public required RefundOrigin Origin { get; init; }

    public RefundStatus Status { get; set; } = RefundStatus.Pending;

    /// <summary>The tickets that it takes back; empty for an amount that is no whole ticket's.</summary>
    public required Guid[] AttendeeIds { get; set; }

    /// <summary>The provider's id (<c>re_…</c>); null until the provider has answered.</summary>
    public string? ProviderReference { get; set; }

    /// <summary>
    /// When the provider is to be asked next, and until when whoever asks has it to itself. Null when
    /// nothing is left to ask.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>How often the provider was asked.</summary>
    public int Attempts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
