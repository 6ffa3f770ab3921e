using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.ApiKeys;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys", table =>
            table.HasCheckConstraint("ck_api_keys_hash", "octet_length(hash) = 32"));
        key.HasKey(k => new { k.OrganizationId, k.Id });
        key.Property(k => k.Name).HasMaxLength(100);
        key.Property(k => k.Prefix).HasMaxLength(8);
        key.Property(k => k.LastFour).HasMaxLength(4);
        key.PrimitiveCollection(k => k.Scopes)
            .ElementType(scope => scope.HasConversion<WireNameConverter<Scope>>());
        key.BelongsToOrganization();
        key.HasOne<User>().WithMany().HasForeignKey(k => k.CreatedById)
            .OnDelete(DeleteBehavior.SetNull);
        key.HasIndex(k => k.Hash).IsUnique();
        // An operator specifies the key without its organization.
        key.HasIndex(k => k.Id).IsUnique();
        key.HasIndex(k => new { k.OrganizationId, k.CreatedAt, k.Id });
        key.HasIndex(k => k.ExpiryNoticeDueAt).HasFilter("expiry_notice_due_at IS NOT NULL");
    }
}
