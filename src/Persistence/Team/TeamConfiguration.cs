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
        user.Property(u => u.SecurityStamp).HasMaxLength(100);
        user.HasIndex(u => u.EmailNormalized).IsUnique();
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions", table =>
            table.HasCheckConstraint("ck_sessions_key_hash", "octet_length(key_hash) = 32"));
        session.HasIndex(s => s.KeyHash).IsUnique();
        session.HasIndex(s => new { s.UserId, s.CreatedAt });
        session.HasIndex(s => s.ExpiresAt);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId)
            .OnDelete(DeleteBehavior.Cascade);
        session.HasOne<Organization>().WithMany().HasForeignKey(s => s.OrganizationId)
            .OnDelete(DeleteBehavior.SetNull);
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
