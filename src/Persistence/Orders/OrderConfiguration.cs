using System.Text.Json;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Orders;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders", AddConstraints);
        // Named, because the configuration of a child declares this key first, as one of its parent's others.
        order.HasKey(o => new { o.OrganizationId, o.Livemode, o.Id }).HasName("pk_orders");
        order.Property(o => o.BuyerName).HasMaxLength(200);
        order.Property(o => o.BuyerEmail).HasMaxLength(254);
        order.Property(o => o.BuyerEmailKey).HasMaxLength(254);
        order.Property(o => o.Currency).HasMaxLength(3).IsFixedLength();
        order.HasOne(o => o.Event).WithMany().InTenant(nameof(Order.EventId));
        ConfigurePages(order);
        ConfigureLookUps(order);
    }

    private static void AddConstraints(TableBuilder<Order> table)
    {
        table.HasWireNames<OrderStatus>("status");
        table.HasWireNames<PaymentProvider>("payment_provider");
        table.HasWireNames<PaymentStatus>("payment_status");
        table.HasCheckConstraint(
            "ck_orders_total_amount",
            "total_amount = subtotal_amount - discount_amount + tax_amount + fee_amount");
        table.HasCheckConstraint("ck_orders_amounts", "total_amount >= 0 AND refunded_amount >= 0");
        table.HasCheckConstraint(
            "ck_orders_hold_expires_at", "(status = 'pending') = (hold_expires_at IS NOT NULL)");
        table.HasCheckConstraint(
            "ck_orders_payment", "(payment_provider IS NULL) = (payment_status IS NULL)");
    }

    private static void ConfigurePages(EntityTypeBuilder<Order> order)
    {
        order.HasIndex(o => new { o.OrganizationId, o.Livemode, o.CreatedAt, o.Id })
            .HasDatabaseName("ix_orders_page");
        order.HasIndex(o => new { o.OrganizationId, o.Livemode, o.EventId, o.CreatedAt, o.Id })
            .HasDatabaseName("ix_orders_event_page");
        order.HasIndex(
                o => new { o.OrganizationId, o.Livemode, o.BuyerEmailKey, o.CreatedAt, o.Id })
            .HasDatabaseName("ix_orders_buyer_page");
        order.HasIndex(o => new { o.OrganizationId, o.Livemode, o.Status, o.CreatedAt, o.Id })
            .HasFilter($"status <> '{WireNames<OrderStatus>.Of(OrderStatus.Confirmed)}'")
            .HasDatabaseName("ix_orders_unconfirmed_page");
        order.HasIndex(o => new { o.OrganizationId, o.Livemode, o.UpdatedAt })
            .HasFilter(ChangingRows.Condition)
            .HasDatabaseName("ix_orders_changed");
    }

    private static void ConfigureLookUps(EntityTypeBuilder<Order> order)
    {
        order.HasIndex(o => new { o.OrganizationId, o.Livemode, o.Number }).IsUnique();
        order.HasIndex(o => o.CheckoutTokenHash).IsUnique();
        order.HasIndex(o => o.PaymentReference).IsUnique().HasFilter("payment_reference IS NOT NULL")
            .HasDatabaseName("ix_orders_payment");
        order.HasIndex(o => o.HoldExpiresAt).HasFilter("hold_expires_at IS NOT NULL")
            .HasDatabaseName("ix_orders_hold_expires_at");
        order.HasIndex(o => new { o.OrganizationId, o.Livemode, o.EventId, o.HoldExpiresAt })
            .HasFilter("hold_expires_at IS NOT NULL").HasDatabaseName("ix_orders_event_holds");
        order.HasIndex(o => o.PaymentCheckAt).HasFilter("payment_check_at IS NOT NULL")
            .HasDatabaseName("ix_orders_payment_check_at");
    }
}

internal sealed class OrderItemConfiguration : IEntityTypeConfiguration<OrderItem>
{
    public void Configure(EntityTypeBuilder<OrderItem> item)
    {
        item.ToTable("order_items", table =>
            table.HasCheckConstraint("ck_order_items_quantity", "quantity BETWEEN 1 AND 100"));
        item.HasKey(i => new { i.OrganizationId, i.Id });
        item.Property(i => i.Name).HasMaxLength(200);
        item.Property(i => i.Named).HasColumnType("jsonb").HasConversion(
            named => JsonSerializer.Serialize(named, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<List<NamedAttendee>>(
                text, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyList<NamedAttendee>>(
                (left, right) => left!.SequenceEqual(right!), list => list.Count));
        item.HasOne<Order>().WithMany(o => o.Items)
            .InTenant(nameof(OrderItem.OrderId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OrderCounterConfiguration : IEntityTypeConfiguration<OrderCounter>
{
    public void Configure(EntityTypeBuilder<OrderCounter> counter)
    {
        counter.ToTable("order_counters");
        counter.HasKey(c => new { c.OrganizationId, c.Livemode });
        counter.BelongsToOrganization();
    }
}

/// <summary>Names of indexes whose violations are handled.</summary>
public static class OrderIndexes
{
    /// <summary>Two orders of an organization and mode were assigned the same number.</summary>
    public const string Number = "ix_orders_organization_id_livemode_number";
}
