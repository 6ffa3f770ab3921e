using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.TicketTypes;

internal sealed class TicketTypeConfiguration : IEntityTypeConfiguration<TicketType>
{
    public void Configure(EntityTypeBuilder<TicketType> builder)
    {
        builder.ToTable("ticket_types", AddConstraints);
        builder.HasKey(t => new { t.OrganizationId, t.Id });
        builder.HasAlternateKey(t => new { t.OrganizationId, t.Livemode, t.Id });
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.Property(t => t.Description).HasMaxLength(5_000);
        builder.Property(t => t.Currency).HasMaxLength(3).IsFixedLength();
        builder.HasOne(t => t.Event).WithMany(e => e.TicketTypes)
            .HasForeignKey(t => new { t.OrganizationId, t.Livemode, t.EventId })
            .HasPrincipalKey(e => new { e.OrganizationId, e.Livemode, e.Id })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(t => new { t.OrganizationId, t.Livemode, t.EventId, t.CreatedAt, t.Id })
            .HasDatabaseName("ix_ticket_types_page");
    }

    private static void AddConstraints(TableBuilder<TicketType> table)
    {
        table.HasCheckConstraint("ck_ticket_types_price", "price BETWEEN 0 AND 99999999");
        table.HasCheckConstraint(
            "ck_ticket_types_quantity_total", "quantity_total BETWEEN 1 AND 1000000");
        table.HasCheckConstraint("ck_ticket_types_sold", "quantity_sold >= 0 AND quantity_held >= 0");
        // Stock can't be oversold under any concurrency: the database refuses it.
        table.HasCheckConstraint(
            "ck_ticket_types_stock", "quantity_sold + quantity_held <= quantity_total");
        table.HasCheckConstraint(
            "ck_ticket_types_per_order",
            "min_per_order BETWEEN 1 AND max_per_order AND max_per_order <= 100");
        table.HasCheckConstraint("ck_ticket_types_sales_end_at", "sales_end_at > sales_start_at");
    }
}
