using System.ComponentModel;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Refunds;

/// <summary>Money returned to a buyer: for whole tickets or, if refunded in Stripe, possibly for none.</summary>
public sealed class Refund : TenantEntity, IPagedRow
{
    public required Guid OrderId { get; init; }

    /// <summary>In the smallest unit of the order's currency; 0 for free tickets.</summary>
    public required long Amount { get; init; }

    /// <summary>Free text from the requester.</summary>
    public string? Reason { get; init; }

    public required RefundOrigin Origin { get; init; }

    public RefundStatus Status { get; set; } = RefundStatus.Pending;

    /// <summary>The refunded tickets; empty for an amount that covers no whole ticket.</summary>
    public required Guid[] AttendeeIds { get; set; }

    /// <summary>The provider's id (<c>re_…</c>); null until the provider has responded.</summary>
    public string? ProviderReference { get; set; }

    /// <summary>
    /// When to call the provider next, or when the current claim on the refund ends. Null if no call is left to make.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>The number of calls to the provider.</summary>
    public int Attempts { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Where a refund originated.</summary>
[Description("The origin of a refund.")]
public enum RefundOrigin
{
    [Description("Requested with an API key.")]
    Api,

    [Description("Requested by a member of the organization.")]
    Dashboard,

    [Description("Created in Stripe.")]
    Stripe,

    [Description("Created because the event was cancelled with refunds.")]
    Cancel,

    [Description("Created because the payment arrived after its tickets were no longer available.")]
    Late,
}

/// <summary>The status of a refund.</summary>
[Description("The status of a refund.")]
public enum RefundStatus
{
    [Description("Requested; the money has not been returned yet.")]
    Pending,

    [Description("The money is on its way back to the buyer.")]
    Succeeded,

    [Description("The provider could not issue the refund. Tickets not already marked as refunded are valid again.")]
    Failed,
}

internal sealed class RefundConfiguration : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> refund)
    {
        refund.ToTable("refunds", table =>
        {
            table.HasWireNames<RefundOrigin>("origin");
            table.HasWireNames<RefundStatus>("status");
            table.HasCheckConstraint("ck_refunds_amount", "amount >= 0");
            table.HasCheckConstraint(
                "ck_refunds_next_attempt_at", "status = 'pending' OR next_attempt_at IS NULL");
        });
        refund.HasKey(r => new { r.OrganizationId, r.Id });
        refund.Property(r => r.Reason).HasMaxLength(500);
        refund.HasOne<Order>().WithMany(o => o.Refunds)
            .InTenant(nameof(Refund.OrderId)).OnDelete(DeleteBehavior.Cascade);
        refund.HasIndex(r => r.ProviderReference).IsUnique();
        refund.HasIndex(r => r.NextAttemptAt).HasFilter("next_attempt_at IS NOT NULL")
            .HasDatabaseName("ix_refunds_next_attempt_at");
    }
}
