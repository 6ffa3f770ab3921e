using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Emails;

internal sealed class QueuedEmailConfiguration : IEntityTypeConfiguration<QueuedEmail>
{
    public void Configure(EntityTypeBuilder<QueuedEmail> email)
    {
        email.ToTable("queued_emails", table =>
        {
            table.HasWireNames<EmailKind>("kind");
            table.HasCheckConstraint("ck_queued_emails_livemode", "livemode");
        });
        email.HasKey(e => new { e.OrganizationId, e.Id });
        email.HasOne<Order>().WithMany().InTenant(nameof(QueuedEmail.OrderId));
        email.HasIndex(e => new { e.OrganizationId, e.Kind, e.NextAttemptAt })
            .HasFilter("next_attempt_at IS NOT NULL")
            .HasDatabaseName("ix_queued_emails_lane");
    }
}

internal sealed class AccountEmailConfiguration : IEntityTypeConfiguration<AccountEmail>
{
    public void Configure(EntityTypeBuilder<AccountEmail> email)
    {
        email.ToTable("account_emails", table => table.HasWireNames<AccountEmailKind>("kind"));
        email.Property(e => e.Address).HasMaxLength(254);
        email.HasIndex(e => e.NextAttemptAt);
    }
}
