using Equaticket.Persistence.Events;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Attendees;

internal sealed class AttendeeConfiguration : IEntityTypeConfiguration<Attendee>
{
    /// <summary>Entity Framework Core distinguishes it from the page index, on the same columns, by its name.</summary>
    private const string ArrivedPage = "ix_attendees_arrived_page";

    public void Configure(EntityTypeBuilder<Attendee> attendee)
    {
        attendee.ToTable("attendees", table =>
        {
            table.HasWireNames<AttendeeStatus>("status");
            table.HasCheckConstraint(
                "ck_attendees_amount_paid", "amount_paid BETWEEN 0 AND price");
            table.HasCheckConstraint(
                "ck_attendees_ticket_code", "ticket_code ~ '^[A-HJ-NP-Z2-9]{8}$'");
        });
        attendee.HasKey(a => new { a.OrganizationId, a.Livemode, a.Id });
        attendee.Property(a => a.TicketTypeName).HasMaxLength(200);
        attendee.Property(a => a.TicketCode).HasMaxLength(8);
        attendee.Property(a => a.Name).HasMaxLength(200);
        attendee.Property(a => a.Email).HasMaxLength(254);
        attendee.Property(a => a.EmailKey).HasMaxLength(254);
        attendee.Property(a => a.Currency).HasMaxLength(3).IsFixedLength();
        attendee.Property(a => a.CheckedIn)
            .HasComputedColumnSql("checked_in_at IS NOT NULL", stored: true);
        ConfigureOwners(attendee);
        ConfigurePages(attendee);
    }

    private static void ConfigureOwners(EntityTypeBuilder<Attendee> attendee)
    {
        attendee.HasOne(a => a.Order).WithMany(o => o.Attendees).InTenant(nameof(Attendee.OrderId));
        attendee.HasOne<Event>().WithMany().InTenant(nameof(Attendee.EventId));
        attendee.HasOne(a => a.TicketType).WithMany().InTenant(nameof(Attendee.TicketTypeId));
    }

    private static void ConfigurePages(EntityTypeBuilder<Attendee> attendee)
    {
        attendee.HasIndex(a => new { a.OrganizationId, a.TicketCode }).IsUnique()
            .HasDatabaseName(AttendeeIndexes.TicketCode);
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.EventId, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_event_page");
        // Check-ins are counted from this index alone.
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.TicketTypeId, a.CreatedAt, a.Id })
            .IncludeProperties(a => new { a.Status, a.CheckedIn })
            .HasDatabaseName("ix_attendees_type_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.EmailKey, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_email_page");
        ConfigurePagesOfChanged(attendee);
    }

    /// <summary>Indexes without tickets as sold, so that a sale writes nothing to them.</summary>
    private static void ConfigurePagesOfChanged(EntityTypeBuilder<Attendee> attendee)
    {
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.Status, a.CreatedAt, a.Id })
            .HasFilter($"status <> '{WireNames<AttendeeStatus>.Of(AttendeeStatus.Valid)}'")
            .HasDatabaseName("ix_attendees_invalid_page");
        attendee.HasIndex(
                a => new { a.OrganizationId, a.Livemode, a.CreatedAt, a.Id }, ArrivedPage)
            .HasFilter("checked_in").HasDatabaseName(ArrivedPage);
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.UpdatedAt })
            .HasFilter(ChangingRows.Condition)
            .HasDatabaseName("ix_attendees_changed");
    }
}

/// <summary>Names of indexes whose violations are handled.</summary>
public static class AttendeeIndexes
{
    /// <summary>Two tickets of an organization were assigned the same code.</summary>
    public const string TicketCode = "ix_attendees_ticket_code";
}
