using System.ComponentModel;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Access;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<ApiTermsType>>]
    [Description("Get the API terms. Shows whether the API Terms of Service have been accepted.")]
    public static Task<Organization> ApiTerms(
        [FromUserContext] OperationContext operation, CancellationToken cancellationToken) =>
        operation.Database.Organizations.SingleAsync(
            o => o.Id == operation.Tenant.OrganizationId, cancellationToken);
}

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<ApiTermsType>>]
    [Description("Accept the API terms. Accepts the API Terms of Service on behalf of your organization. "
        + "Accepting them again keeps the original time.")]
    public static async Task<Organization> AcceptApiTerms(
        [FromUserContext] OperationContext operation, CancellationToken cancellationToken)
    {
        var organization = await operation.Database.Organizations.AsTracking().SingleAsync(
            o => o.Id == operation.Tenant.OrganizationId, cancellationToken);
        if (organization.ApiTermsAcceptedAt is not null)
            return organization;
        var now = operation.Stamps.Now();
        (organization.ApiTermsAcceptedAt, organization.UpdatedAt) = (now, now);
        AuditLog.Record(
            operation.Database, operation.Stamps, operation.Caller,
            AuditAction.ApiTermsAccepted, organization.Id);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return organization;
    }
}
