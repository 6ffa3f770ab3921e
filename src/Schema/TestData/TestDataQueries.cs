using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.TestData;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), Costs(100), OutputType<NonNullGraphType<TestDataCountsGraphType>>]
    [Description("Count test data. Returns how much `resetTestData` would delete now.")]
    public static Task<DeletedTestData> TestDataCounts(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken) =>
        TestDataReset.CountAsync(operation, cancellationToken);
}
