using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
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

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> passkey)
    {
        passkey.ToTable("passkeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(1023);
        passkey.Property(p => p.Name).HasMaxLength(100);
        passkey.HasIndex(p => new { p.UserId, p.CreatedAt });
        passkey.HasOne<User>().WithMany().HasForeignKey(p => p.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable("recovery_codes", table =>
            table.HasCheckConstraint("ck_recovery_codes_code_hash", "octet_length(code_hash) = 32"));
        code.HasKey(c => new { c.UserId, c.CodeHash });
        code.HasOne<User>().WithMany().HasForeignKey(c => c.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("invitations", table =>
        {
            table.HasWireNames<Role>("role");
            table.HasCheckConstraint("ck_invitations_no_owner", $"role <> '{WireNames<Role>.Of(Role.Owner)}'");
            table.HasCheckConstraint("ck_invitations_token_hash", "octet_length(token_hash) = 32");
        });
        invitation.HasKey(i => new { i.OrganizationId, i.Id });
        invitation.Property(i => i.Email).HasMaxLength(254);
        invitation.Property(i => i.EmailNormalized).HasMaxLength(254);
        invitation.HasIndex(i => new { i.OrganizationId, i.EmailNormalized }).IsUnique();
        invitation.HasIndex(i => i.TokenHash).IsUnique();
        invitation.HasIndex(i => i.Id).IsUnique();
        invitation.HasIndex(i => i.ExpiresAt);
        invitation.BelongsToOrganization();
        invitation.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedById)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("memberships", table => table.HasWireNames<Role>("role"));
        membership.HasKey(m => new { m.OrganizationId, m.UserId });
        membership.BelongsToOrganization();
        membership.HasOne<User>().WithMany().HasForeignKey(m => m.UserId)
            .OnDelete(DeleteBehavior.Restrict);
        membership.HasIndex(m => m.OrganizationId).IsUnique()
            .HasFilter($"role = '{WireNames<Role>.Of(Role.Owner)}'")
            .HasDatabaseName("ix_memberships_one_owner");
    }
}
