using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Organizations;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        organization.ToTable("organizations", table =>
        {
            table.HasWireNames<Plan>("plan");
            table.HasCheckConstraint("ck_organizations_slug", "slug ~ '^[a-z0-9]+(-+[a-z0-9]+)*$'");
        });
        organization.Property(o => o.Slug).HasMaxLength(100);
        organization.Property(o => o.Name).HasMaxLength(200);
        organization.HasIndex(o => o.Slug).IsUnique();
    }
}
