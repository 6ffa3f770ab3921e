using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Webhooks;

internal sealed class WebhookEventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    public void Configure(EntityTypeBuilder<WebhookEvent> occurrence)
    {
        // EF Core knows no partitions: WebhookTables creates this one.
        occurrence.ToTable(WebhookTables.Events, table => table.ExcludeFromMigrations());
        occurrence.HasKey(e => new { e.OrganizationId, e.Id });
        occurrence.HasAlternateKey(e => new { e.OrganizationId, e.Livemode, e.Id });
    }
}
