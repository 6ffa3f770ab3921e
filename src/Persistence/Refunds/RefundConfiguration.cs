using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Refunds;

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
        refund.HasAlternateKey(r => new { r.OrganizationId, r.Livemode, r.Id });
        refund.Property(r => r.Reason).HasMaxLength(500);
        refund.HasOne<Order>().WithMany(o => o.Refunds)
            .HasForeignKey(r => new { r.OrganizationId, r.Livemode, r.OrderId })
            .HasPrincipalKey(o => new { o.OrganizationId, o.Livemode, o.Id })
            .OnDelete(DeleteBehavior.Cascade);
        refund.HasIndex(r => r.ProviderReference).IsUnique();
        refund.HasIndex(r => r.NextAttemptAt).HasFilter("next_attempt_at IS NOT NULL")
            .HasDatabaseName("ix_refunds_next_attempt_at");
    }
}
