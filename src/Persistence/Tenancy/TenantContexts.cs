using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tenancy;

/// <summary>
/// The only source of database contexts. Each lease sets its scope; the context drops it when it
/// returns to the pool.
/// </summary>
public sealed class TenantContexts(IDbContextFactory<EquaticketDbContext> pool)
{
    /// <param name="scope">
    /// The tenant whose rows the context reads and adds. Without one it sees no row of an
    /// organization, and adding such a row throws.
    /// </param>
    public EquaticketDbContext Lease(TenantScope? scope)
    {
        var context = pool.CreateDbContext();
        context.Tenant = scope;
        return context;
    }
}
