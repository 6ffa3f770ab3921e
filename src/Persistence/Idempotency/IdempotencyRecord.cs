using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Idempotency;

/// <summary>
/// The stored response to a write with an idempotency key, which is returned to retries. Committed in the same
/// transaction as the write's effect.
/// </summary>
public sealed class IdempotencyRecord : TenantOwned
{
    /// <summary>SHA-256 of the caller's key, 32 bytes; the key itself is not stored.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>SHA-256 of the request, 32 bytes: a retry must send the same request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The HTTP status of the response; null while the write is in progress.</summary>
    public int? Status { get; init; }

    /// <summary>Null if there is no body.</summary>
    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <summary>
    /// The encrypted bytes of the response, which may contain a secret that is shown only once. Null while the write is
    /// in progress.
    /// </summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// The result of the first step of a multi-step write, such as the order, from which a retry continues. Also the
    /// resource in the response, which redaction uses to find buyer data.
    /// </summary>
    public Guid? SubjectId { get; init; }

    /// <summary>When the running write's claim ends; null after the write finishes.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the key may be reused.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

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
        record.BelongsToOrganization();
    }
}
