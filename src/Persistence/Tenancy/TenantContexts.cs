using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tenancy;

/// <summary>
/// The only source of database contexts. Each lease sets its scope; the context clears it when it returns to the pool.
/// </summary>
public sealed class TenantContexts(IDbContextFactory<EquaticketDbContext> pool)
{
    /// <param name="scope">
    /// The tenant whose rows the context reads and adds. Without a tenant, it sees no rows of any organization, and
    /// adding one throws.
    /// </param>
    public EquaticketDbContext Lease(TenantScope? scope)
    {
        var context = pool.CreateDbContext();
        context.Tenant = scope;
        return context;
    }

    /// <summary>
    /// Builds the model of Entity Framework, which the first use of a context needs. An error occurs again there.
    /// </summary>
    public void BuildModel()
    {
        using var context = pool.CreateDbContext();
        _ = context.Model;
    }
}

/// <summary>
/// The tenant whose rows a database context reads and adds: one organization in one mode
/// (test and live data are fully isolated).
/// </summary>
public readonly record struct TenantScope(Guid OrganizationId, bool Livemode);

/// <summary>A row of one organization, regardless of mode. The tenant filter covers it.</summary>
public interface IOrganizationOwned
{
    Guid OrganizationId { get; set; }
}
