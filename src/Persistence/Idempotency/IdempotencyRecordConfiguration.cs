using Equaticket.Persistence.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Idempotency;

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> record)
    {
        record.ToTable("idempotency_records", table =>
        {
            table.HasCheckConstraint(
                "ck_idempotency_records_key_hash", "octet_length(key_hash) = 32");
            table.HasCheckConstraint(
                "ck_idempotency_records_request_hash", "octet_length(request_hash) = 32");
            table.HasCheckConstraint(
                "ck_idempotency_records_answer", "(status IS NULL) = (body IS NULL)");
        });
        record.HasKey(r => new { r.OrganizationId, r.Livemode, r.KeyHash });
        record.HasIndex(r => r.ExpiresAt);
        record.HasIndex(r => new { r.OrganizationId, r.Livemode, r.SubjectId })
            .HasFilter("subject_id IS NOT NULL");
        record.HasOne<Organization>().WithMany().HasForeignKey(r => r.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
