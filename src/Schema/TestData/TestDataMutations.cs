using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.TestData;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<ResetTestDataGraphType>>]
    [Description("Reset test data. Deletes all test data of your organization except its API keys, and "
        + "restarts test order numbers. Live data is not affected.")]
    public static async Task<DeletedTestData> ResetTestData(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken)
    {
        var deleted = await TestDataReset.RunAsync(operation, cancellationToken);
        AuditLog.Record(operation, AuditAction.TestDataReset, operation.Tenant.OrganizationId);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return deleted;
    }
}
