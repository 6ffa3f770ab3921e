using Equaticket.Persistence.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Tenancy;

/// <summary>Foreign keys of tables that belong to an organization.</summary>
internal static class TenantKeys
{
    /// <summary>Refers to the organization, which then can't be deleted.</summary>
    public static void BelongsToOrganization<TRow>(this EntityTypeBuilder<TRow> row)
        where TRow : class, IOrganizationOwned =>
        row.HasOne<Organization>().WithMany().HasForeignKey(nameof(IOrganizationOwned.OrganizationId))
            .OnDelete(DeleteBehavior.Restrict);

    /// <summary>
    /// Refers to a row of the same tenant, which then can't be deleted. The database rejects rows of other tenants.
    /// </summary>
    /// <param name="key">The relationship.</param>
    /// <param name="parentId">The property with the id of the other row.</param>
    public static ReferenceCollectionBuilder<TParent, TChild> InTenant<TParent, TChild>(
        this ReferenceCollectionBuilder<TParent, TChild> key, string parentId)
        where TParent : TenantEntity
        where TChild : TenantOwned =>
        key.HasForeignKey(nameof(TenantOwned.OrganizationId), nameof(TenantOwned.Livemode), parentId)
            .HasPrincipalKey(
                nameof(TenantOwned.OrganizationId), nameof(TenantOwned.Livemode), nameof(TenantEntity.Id))
            .OnDelete(DeleteBehavior.Restrict);
}
