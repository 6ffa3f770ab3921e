using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<OrganizationGraphType>>]
    [Description("Rename your organization. Its slug, and with it every URL, stays the same.")]
    public static async Task<Organization> RenameOrganization(
        [InputLength(1, 200), Description("The new name, which buyers see on their tickets.")] string name,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var (database, id) = (operation.Database, operation.Tenant.OrganizationId);
        var organization = await database.Organizations
            .FromSql($"SELECT * FROM organizations WHERE id = {id} FOR NO KEY UPDATE")
            .AsTracking().SingleAsync(cancellationToken);
        if (organization.Name == name)
            return organization;
        AuditLog.Record(operation, AuditAction.OrganizationRenamed, id, $"{organization.Name} → {name}");
        (organization.Name, organization.UpdatedAt) = (name, operation.Stamps.Now());
        await database.SaveChangesAsync(cancellationToken);
        return organization;
    }
}
