using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<ApiTermsGraphType>>]
    [Description("Get the API terms. Shows whether the API Terms of Service have been accepted.")]
    public static Task<Organization> ApiTerms(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken) =>
        operation.Database.Organizations.SingleAsync(
            o => o.Id == operation.Tenant.OrganizationId, cancellationToken);
}

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<ApiTermsGraphType>>]
    [Description("Accept the API terms. Accepts the API Terms of Service on behalf of your organization. "
        + "Accepting them again keeps the original time.")]
    public static Task<Organization> AcceptApiTerms(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken) =>
        ApiTermsAcceptance.AcceptAsync(
            operation.Database, operation.Stamps, operation.Caller, cancellationToken);
}
