using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tenancy;

/// <summary>
/// The one source of database contexts. Each lease is given its scope; the context drops it when it
/// goes back to the pool.
/// </summary>
public sealed class TenantContexts(IDbContextFactory<EquaticketDbContext> pool)
{
    /// <param name="scope">
    /// Whose rows the context sees and makes. Without one it sees no row that belongs to an
    /// organization, and adding such a row throws.
    /// </param>
    public EquaticketDbContext Lease(TenantScope? scope)
    {
        var context = pool.CreateDbContext();
        context.Tenant = scope;
        return context;
    }
}
