using System.Collections.Immutable;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.TicketTypes;

/// <summary>A kind of ticket for an event, with its price and stock.</summary>
public sealed class TicketType : TenantEntity, IPagedRow
{
    public Guid EventId { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>In the currency's smallest unit; 0 is free.</summary>
    public required long Price { get; set; }

    /// <summary>Always the event's currency.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The number that may be sold; null for unlimited.</summary>
    public int? QuantityTotal { get; set; }

    /// <summary>Tickets of confirmed orders.</summary>
    public int QuantitySold { get; set; }

    /// <summary>Tickets held by checkouts in progress.</summary>
    public int QuantityHeld { get; set; }

    /// <summary>The number still available; null for unlimited.</summary>
    public int? QuantityAvailable => QuantityTotal - QuantitySold - QuantityHeld;

    public required int MinPerOrder { get; set; }

    public required int MaxPerOrder { get; set; }

    /// <summary>When sales start; null for immediately.</summary>
    public DateTimeOffset? SalesStartAt { get; set; }

    /// <summary>When sales end; null for as long as the event's sales last.</summary>
    public DateTimeOffset? SalesEndAt { get; set; }

    /// <summary>The position among the event's ticket types, from 0.</summary>
    public int Position { get; set; }

    public ImmutableSortedDictionary<string, string> Metadata { get; set; } =
        Persistence.Metadata.Empty;

    /// <summary>Starts at 1; incremented on edits, not on sales.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public Event? Event { get; }
}

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
            .InTenant(nameof(TicketType.EventId));
        builder.HasIndex(t => new { t.OrganizationId, t.Livemode, t.EventId, t.CreatedAt, t.Id })
            .HasDatabaseName("ix_ticket_types_page");
    }

    private static void AddConstraints(TableBuilder<TicketType> table)
    {
        table.HasCheckConstraint("ck_ticket_types_price", "price BETWEEN 0 AND 99999999");
        table.HasCheckConstraint(
            "ck_ticket_types_quantity_total", "quantity_total BETWEEN 1 AND 1000000");
        table.HasCheckConstraint("ck_ticket_types_sold", "quantity_sold >= 0 AND quantity_held >= 0");
        // The database prevents overselling under any concurrency.
        table.HasCheckConstraint(
            "ck_ticket_types_stock", "quantity_sold + quantity_held <= quantity_total");
        table.HasCheckConstraint(
            "ck_ticket_types_per_order",
            "min_per_order BETWEEN 1 AND max_per_order AND max_per_order <= 100");
        table.HasCheckConstraint("ck_ticket_types_sales_end_at", "sales_end_at > sales_start_at");
    }
}
