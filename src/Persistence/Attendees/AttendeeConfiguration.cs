using Equaticket.Persistence.Events;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Attendees;

internal sealed class AttendeeConfiguration : IEntityTypeConfiguration<Attendee>
{
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
        attendee.HasKey(a => new { a.OrganizationId, a.Id });
        attendee.HasAlternateKey(a => new { a.OrganizationId, a.Livemode, a.Id });
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
        attendee.HasOne(a => a.Order).WithMany(o => o.Attendees)
            .HasForeignKey(a => new { a.OrganizationId, a.Livemode, a.OrderId })
            .HasPrincipalKey(o => new { o.OrganizationId, o.Livemode, o.Id })
            .OnDelete(DeleteBehavior.Restrict);
        attendee.HasOne<Event>().WithMany()
            .HasForeignKey(a => new { a.OrganizationId, a.Livemode, a.EventId })
            .HasPrincipalKey(e => new { e.OrganizationId, e.Livemode, e.Id })
            .OnDelete(DeleteBehavior.Restrict);
        attendee.HasOne(a => a.TicketType).WithMany()
            .HasForeignKey(a => new { a.OrganizationId, a.Livemode, a.TicketTypeId })
            .HasPrincipalKey(t => new { t.OrganizationId, t.Livemode, t.Id })
            .OnDelete(DeleteBehavior.Restrict);
    }

    private static void ConfigurePages(EntityTypeBuilder<Attendee> attendee)
    {
        attendee.HasIndex(a => new { a.OrganizationId, a.TicketCode }).IsUnique()
            .HasDatabaseName(AttendeeIndexes.TicketCode);
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.Status, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_status_page");
        attendee.HasIndex(
                a => new { a.OrganizationId, a.Livemode, a.CheckedIn, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_checked_in_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.EventId, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_event_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.OrderId, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_order_page");
        attendee.HasIndex(
                a => new { a.OrganizationId, a.Livemode, a.TicketTypeId, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_ticket_type_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.EmailKey, a.CreatedAt, a.Id })
            .HasDatabaseName("ix_attendees_email_page");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.TicketTypeId, a.CheckedIn })
            .HasFilter($"status = '{WireNames<AttendeeStatus>.Of(AttendeeStatus.Valid)}'")
            .HasDatabaseName("ix_attendees_check_in_counts");
        attendee.HasIndex(a => new { a.OrganizationId, a.Livemode, a.UpdatedAt });
    }
}

/// <summary>Names of indexes whose violations are handled.</summary>
public static class AttendeeIndexes
{
    /// <summary>Two tickets of an organization were assigned the same code.</summary>
    public const string TicketCode = "ix_attendees_ticket_code";
}
