using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Events;

internal sealed class EventConfiguration : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> builder)
    {
        builder.ToTable("events", table =>
        {
            table.HasWireNames<EventStatus>("status");
            table.HasCheckConstraint("ck_events_slug", "slug ~ '^[a-z0-9]+(-+[a-z0-9]+)*$'");
            table.HasCheckConstraint("ck_events_ends_at", "ends_at > starts_at");
        });
        builder.HasKey(e => new { e.OrganizationId, e.Id });
        builder.HasAlternateKey(e => new { e.OrganizationId, e.Livemode, e.Id });
        builder.Property(e => e.Title).HasMaxLength(200);
        builder.Property(e => e.Slug).HasMaxLength(100);
        builder.Property(e => e.Description).HasMaxLength(20_000);
        builder.Property(e => e.Timezone).HasMaxLength(64);
        builder.Property(e => e.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(e => e.VenueName).HasMaxLength(200);
        builder.Property(e => e.VenueAddress).HasMaxLength(500);
        builder.BelongsToOrganization();
        ConfigureIndexes(builder);
    }

    private static void ConfigureIndexes(EntityTypeBuilder<Event> builder)
    {
        builder.HasIndex(e => new { e.OrganizationId, e.Livemode, e.Slug }).IsUnique()
            .HasDatabaseName(EventIndexes.Slug);
        builder.HasIndex(e => new { e.OrganizationId, e.Livemode, e.CreatedAt, e.Id })
            .HasDatabaseName("ix_events_page");
        builder.HasIndex(e => new { e.OrganizationId, e.Livemode, e.Status, e.CreatedAt, e.Id })
            .HasDatabaseName("ix_events_status_page");
        builder.HasIndex(e => new { e.OrganizationId, e.Livemode, e.StartsAt })
            .HasDatabaseName("ix_events_starts_at");
        builder.HasIndex(e => new { e.OrganizationId, e.Livemode, e.UpdatedAt })
            .HasFilter(ChangingRows.Condition).HasDatabaseName("ix_events_changed");
        // A buyer specifies the event without its organization.
        builder.HasIndex(e => e.Id).IsUnique().HasDatabaseName("ix_events_id");
        builder.HasIndex(e => e.RefundsRequestedAt)
            .HasFilter("refunds_requested_at IS NOT NULL AND refunds_opened_at IS NULL")
            .HasDatabaseName("ix_events_refunds_requested_at");
    }
}

/// <summary>Names of indexes whose violations are reported to the caller.</summary>
public static class EventIndexes
{
    /// <summary>A slug is already taken within an organization and mode.</summary>
    public const string Slug = "ix_events_slug";
}
