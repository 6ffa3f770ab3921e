using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.CheckIns;

internal sealed class ScanConfiguration : IEntityTypeConfiguration<Scan>
{
    public void Configure(EntityTypeBuilder<Scan> scan)
    {
        scan.ToTable("scans", table => table.HasWireNames<ScanOutcome>("outcome"));
        scan.HasKey(s => new { s.OrganizationId, s.Id });
        scan.Property(s => s.Gate).HasMaxLength(100);
        scan.Property(s => s.Device).HasMaxLength(100);
        scan.Property(s => s.Nonce).HasMaxLength(128);
        scan.BelongsToOrganization();
        scan.HasOne<Attendee>().WithMany().InTenant(nameof(Scan.AttendeeId));
        scan.HasIndex(s => new { s.OrganizationId, s.Livemode, s.Nonce }).IsUnique()
            .HasDatabaseName(ScanIndexes.Nonce);
        scan.HasIndex(s => new { s.OrganizationId, s.Livemode, s.AttendeeId, s.CreatedAt, s.Id })
            .HasDatabaseName("ix_scans_attendee_page");
        scan.HasIndex(s => new { s.OrganizationId, s.Livemode, s.EventId, s.CreatedAt, s.Id })
            .HasDatabaseName("ix_scans_event_page");
    }
}

internal sealed class CheckInKeyConfiguration : IEntityTypeConfiguration<CheckInKey>
{
    public void Configure(EntityTypeBuilder<CheckInKey> key)
    {
        key.ToTable("check_in_keys");
        key.HasKey(k => new { k.OrganizationId, k.Id });
        key.BelongsToOrganization();
        // One key per organization and mode: two hosts that create the first key agree on the same one.
        key.HasIndex(k => new { k.OrganizationId, k.Livemode }).IsUnique();
    }
}

/// <summary>Names of indexes whose violations are handled.</summary>
public static class ScanIndexes
{
    /// <summary>Two scans of an organization and mode had the same nonce.</summary>
    public const string Nonce = "ix_scans_organization_id_livemode_nonce";
}
