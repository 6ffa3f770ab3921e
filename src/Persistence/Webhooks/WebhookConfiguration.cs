using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Webhooks;

internal sealed class WebhookEventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    public void Configure(EntityTypeBuilder<WebhookEvent> webhookEvent)
    {
        // EF Core does not support partitions: WebhookTables creates this one.
        webhookEvent.ToTable(WebhookTables.Events, table => table.ExcludeFromMigrations());
        webhookEvent.HasKey(e => new { e.OrganizationId, e.Id });
    }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks", table =>
        {
            table.HasWireNames<WebhookStatus>("status");
            table.HasCheckConstraint("ck_webhooks_events", "cardinality(events) > 0");
            table.HasCheckConstraint(
                "ck_webhooks_disabled_reason", "(status = 'disabled') = (disabled_reason IS NOT NULL)");
            table.HasCheckConstraint(
                "ck_webhooks_previous_secret",
                "(previous_secret IS NULL) = (previous_secret_expires_at IS NULL)");
        });
        webhook.HasKey(w => new { w.OrganizationId, w.Id });
        webhook.Property(w => w.Url).HasMaxLength(2_000);
        webhook.Property(w => w.Description).HasMaxLength(500);
        webhook.Property(w => w.DisabledReason).HasMaxLength(500);
        webhook.PrimitiveCollection(w => w.Events)
            .ElementType(type => type.HasConversion<WireNameConverter<WebhookEventType>>());
        webhook.BelongsToOrganization();
        webhook.HasIndex(w => new { w.OrganizationId, w.Livemode, w.CreatedAt, w.Id })
            .HasDatabaseName("ix_webhooks_page");
        webhook.HasIndex(w => w.OwnerNoticeDueAt).HasFilter("owner_notice_due_at IS NOT NULL")
            .HasDatabaseName("ix_webhooks_owner_notice_due_at");
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        // EF Core does not support partitions: WebhookTables creates this one.
        delivery.ToTable(WebhookTables.Deliveries, table => table.ExcludeFromMigrations());
        delivery.HasKey(d => new { d.OrganizationId, d.Id });
        delivery.Property(d => d.Attempts).HasColumnType("jsonb");
    }
}

internal sealed class QueuedDeliveryConfiguration : IEntityTypeConfiguration<QueuedDelivery>
{
    public void Configure(EntityTypeBuilder<QueuedDelivery> queued)
    {
        queued.ToTable(WebhookTables.Queue);
        queued.HasKey(q => new { q.OrganizationId, q.DeliveryId });
        // No foreign key: a sale must not fail because a webhook is deleted concurrently.
        queued.BelongsToOrganization();
        // Keeps each endpoint's due deliveries together, regardless of how many others are waiting.
        queued.HasIndex(q => new { q.WebhookId, q.DueAt }).HasDatabaseName("ix_webhook_queue_due");
    }
}
