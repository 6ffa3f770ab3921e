using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Organizations;

/// <summary>Accepts the API terms for an organization. Accepting them again keeps the original time.</summary>
internal static class ApiTermsAcceptance
{
    /// <param name="database">The context with an open transaction, leased for the organization.</param>
    /// <param name="stamps">Provides the time.</param>
    /// <param name="actor">The caller; null for an operator.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<Organization> AcceptAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Caller? actor,
        CancellationToken cancellationToken)
    {
        var (id, now) = (database.Tenant!.Value.OrganizationId, stamps.Now());
        var changed = await database.Organizations
            .Where(organization => organization.Id == id && organization.ApiTermsAcceptedAt == null)
            .ExecuteUpdateAsync(
                row => row.SetProperty(organization => organization.ApiTermsAcceptedAt, now)
                    .SetProperty(organization => organization.UpdatedAt, now),
                cancellationToken);
        if (changed > 0)
        {
            AuditLog.Record(database, stamps, actor, AuditAction.ApiTermsAccepted, id);
            await database.SaveChangesAsync(cancellationToken);
        }

        return await database.Organizations.SingleAsync(
            organization => organization.Id == id, cancellationToken);
    }
}
