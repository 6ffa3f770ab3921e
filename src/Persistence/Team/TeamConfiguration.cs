using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Team;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("users");
        user.Property(u => u.Email).HasMaxLength(254);
        user.Property(u => u.EmailNormalized).HasMaxLength(254);
        user.HasIndex(u => u.EmailNormalized).IsUnique();
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("memberships", table => table.HasWireNames<Role>("role"));
        membership.HasKey(m => new { m.OrganizationId, m.UserId });
        membership.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
        membership.HasOne<User>().WithMany().HasForeignKey(m => m.UserId)
            .OnDelete(DeleteBehavior.Restrict);
        membership.HasIndex(m => m.OrganizationId).IsUnique()
            .HasFilter($"role = '{WireNames<Role>.Of(Role.Owner)}'")
            .HasDatabaseName("ix_memberships_one_owner");
    }
}
