using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Organizations;

internal sealed class StripeAccountConfiguration : IEntityTypeConfiguration<StripeAccount>
{
    public void Configure(EntityTypeBuilder<StripeAccount> account)
    {
        account.ToTable("stripe_accounts");
        account.HasKey(a => new { a.OrganizationId, a.Livemode });
        account.Property(a => a.AccountId).HasMaxLength(255);
        account.HasIndex(a => new { a.AccountId, a.Livemode }).IsUnique();
        account.HasIndex(a => a.EventsCheckAt).HasFilter("events_check_at IS NOT NULL")
            .HasDatabaseName("ix_stripe_accounts_events_check_at");
        account.HasOne<Organization>().WithMany().HasForeignKey(a => a.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
