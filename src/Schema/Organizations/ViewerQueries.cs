using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Execution;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [Authenticated, OutputType<NonNullGraphType<ViewerGraphType>>]
    [Description("Get the caller: its organization, plan, mode, and scopes.")]
    public static Caller Viewer([FromOperation] OperationContext operation) => operation.Caller;
}
