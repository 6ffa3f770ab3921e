using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Equaticket.Persistence.Tenancy;

/// <summary>Sets the scope's organization and mode on every added row.</summary>
internal static class TenantStamp
{
    /// <exception cref="InvalidOperationException">A row is added without a scope.</exception>
    public static void Apply(ChangeTracker changes, TenantScope? scope)
    {
        foreach (var entry in changes.Entries<IOrganizationOwned>())
        {
            if (entry.State != EntityState.Added)
                continue;
            var tenant = scope ?? throw new InvalidOperationException(
                $"A row of {entry.Metadata.DisplayName()} was added without a tenant scope.");
            entry.Entity.OrganizationId = tenant.OrganizationId;
            if (entry.Entity is ITenantOwned owned)
                owned.Livemode = tenant.Livemode;
        }
    }
}
