using System.ComponentModel;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Organizations;

[Description("Whether live or test data is meant. The two are fully isolated.")]
public enum Mode
{
    [Description("The data of real events and buyers.")]
    Live,

    [Description("The data of an integration under construction.")]
    Test,
}

public sealed class ViewerGraphType : ObjectGraphType<Caller>
{
    public ViewerGraphType()
    {
        Name = "Viewer";
        Description = "Who you are: the key or session that this request came with.";
        Field<NonNullGraphType<OrganizationGraphType>>("organization")
            .Description("The organization that you act for.")
            .ResolveAsync(async c => await OperationContext.Of(c).Database.Organizations
                .SingleOrDefaultAsync(o => o.Id == c.Source.Tenant!.Value.OrganizationId, c.CancellationToken)
                ?? throw ApiError.NotFound("organization"));
        Field<NonNullGraphType<WireEnumGraphType<Plan>>>("plan")
            .Description("The organization's subscription tier, which sets your rate limit.")
            .Resolve(c => c.Source.Plan);
        Field<NonNullGraphType<WireEnumGraphType<Mode>>>("mode")
            .Description("Whether you see and make live or test data.")
            .Resolve(c => c.Source.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<Scope>>>>>("scopes")
            .Description("What your key may do; empty for a session.")
            .Resolve(c => c.Source.Scopes.Order().ToList());
        Field<WireEnumGraphType<Role>>("role")
            .Description("What you may do in a session; null for a key.")
            .Resolve(c => c.Source.Role);
        Field<NonNullGraphType<UsageGraphType>>("usage")
            .Description("What counts towards your plan in this month.")
            .ResolveAsync(async c => await Usage.ReadAsync(OperationContext.Of(c), c.CancellationToken));
    }
}
