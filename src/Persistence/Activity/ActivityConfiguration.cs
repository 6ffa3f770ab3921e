using Equaticket.Persistence.ApiKeys;
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
