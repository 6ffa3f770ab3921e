using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Looks up a signed-in user in the organization of the session.</summary>
public sealed class SessionDirectory(TenantContexts contexts)
{
    /// <returns>The caller, or null if the user is no longer a member.</returns>
    public async Task<Caller?> FindAsync(
        Guid userId, TenantScope tenant, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(tenant);
        var member = await database.Memberships
            .Where(m => m.UserId == userId)
            .Join(
                database.Organizations,
                m => m.OrganizationId,
                o => o.Id,
                (m, o) => new { m.Role, Organization = o })
            .SingleOrDefaultAsync(cancellationToken);
        return member is null
            ? null
            : Caller.ForSession(userId, member.Role, member.Organization, tenant.Livemode);
    }
}
