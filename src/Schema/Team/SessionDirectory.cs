using Equaticket.Persistence;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>A user as a member of an organization.</summary>
/// <param name="Caller">The caller that schema operations run as.</param>
/// <param name="Organization">The organization.</param>
public sealed record Member(Caller Caller, Organization Organization);

/// <summary>Looks up a signed-in user in an organization.</summary>
public sealed class SessionDirectory(TenantContexts contexts)
{
    /// <returns>The caller, or null if the user is no longer a member.</returns>
    public async Task<Caller?> FindAsync(
        Guid userId, TenantScope tenant, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(tenant);
        var member = await Of(database.Memberships, database, userId)
            .SingleOrDefaultAsync(cancellationToken);
        return member is null
            ? null
            : Caller.ForSession(userId, member.Role, member.Organization, tenant.Livemode);
    }

    /// <param name="userId">The user.</param>
    /// <param name="slug">The organization's slug, as in the URL.</param>
    /// <param name="livemode">Whether the URL is for live mode.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null if the organization does not exist or the user is not a member.</returns>
    public async Task<Member?> FindAsync(
        Guid userId, string slug, bool livemode, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var member = await Of(database.Memberships.IgnoreQueryFilters(), database, userId)
            .SingleOrDefaultAsync(row => row.Organization.Slug == slug, cancellationToken);
        return member is null
            ? null
            : new Member(
                Caller.ForSession(userId, member.Role, member.Organization, livemode), member.Organization);
    }

    /// <returns>The user's organizations, sorted by name.</returns>
    public async Task<IReadOnlyList<Organization>> OrganizationsAsync(
        Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await Of(database.Memberships.IgnoreQueryFilters(), database, userId)
            .Select(row => row.Organization).OrderBy(o => o.Name).ThenBy(o => o.Id)
            .Take(100).ToListAsync(cancellationToken);
    }

    private static IQueryable<Row> Of(
        IQueryable<Membership> memberships, EquaticketDbContext database, Guid userId) =>
        memberships.Where(m => m.UserId == userId).Join(
            database.Organizations,
            m => m.OrganizationId,
            o => o.Id,
            (m, o) => new Row { Role = m.Role, Organization = o });

    private sealed class Row
    {
        public required Role Role { get; init; }

        public required Organization Organization { get; init; }
    }
}
