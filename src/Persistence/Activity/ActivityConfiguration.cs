using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Activity;

internal sealed class ApiRequestConfiguration : IEntityTypeConfiguration<ApiRequest>
{
    public void Configure(EntityTypeBuilder<ApiRequest> request)
    {
        // EF Core does not support partitions: ActivityTables creates this one.
        request.ToTable(ActivityTables.Requests, table => table.ExcludeFromMigrations());
        request.HasKey(r => new { r.OrganizationId, r.Id });
    }
}

internal sealed class ApiKeyUseConfiguration : IEntityTypeConfiguration<ApiKeyUse>
{
    public void Configure(EntityTypeBuilder<ApiKeyUse> use)
    {
        use.ToTable("api_key_uses");
        use.HasKey(u => new { u.OrganizationId, u.ApiKeyId });
        use.HasOne<ApiKey>().WithMany().HasForeignKey(u => new { u.OrganizationId, u.ApiKeyId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApiKeyScopeUseConfiguration : IEntityTypeConfiguration<ApiKeyScopeUse>
{
    public void Configure(EntityTypeBuilder<ApiKeyScopeUse> use)
    {
        use.ToTable("api_key_scope_uses");
        use.HasKey(u => new { u.OrganizationId, u.ApiKeyId, u.Scope, u.Day });
        use.HasIndex(u => u.Day);
        use.Property(u => u.Scope).HasConversion<WireNameConverter<Scope>>();
        use.HasOne<ApiKey>().WithMany().HasForeignKey(u => new { u.OrganizationId, u.ApiKeyId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
