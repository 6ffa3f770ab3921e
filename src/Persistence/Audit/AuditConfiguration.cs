using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Audit;

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_log", table => table.HasWireNames<AuditAction>("action"));
        entry.HasKey(e => new { e.OrganizationId, e.Id });
        entry.HasIndex(e => new { e.OrganizationId, e.CreatedAt, e.Id });
        entry.HasOne<Organization>().WithMany().HasForeignKey(e => e.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
