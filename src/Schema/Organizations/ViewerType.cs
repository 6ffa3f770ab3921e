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

public sealed class ViewerType : ObjectGraphType<Caller>
{
    public ViewerType()
    {
        Name = "Viewer";
        Description = "Who you are: the key or session that this request came with.";
        Field<NonNullGraphType<OrganizationType>>("organization")
            .Description("The organization that you act for.")
            .ResolveAsync(async c => await OperationContext.Of(c).Database.Organizations
                .SingleOrDefaultAsync(o => o.Id == c.Source.Tenant!.Value.OrganizationId, c.CancellationToken)
                ?? throw ApiError.NotFound("organization"));
        Field<NonNullGraphType<WireEnumType<Plan>>>("plan")
            .Description("The organization's subscription tier, which sets your rate limit.")
            .Resolve(c => c.Source.Plan);
        Field<NonNullGraphType<WireEnumType<Mode>>>("mode")
            .Description("Whether you see and make live or test data.")
            .Resolve(c => c.Source.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumType<Scope>>>>>("scopes")
            .Description("What your key may do; empty for a session.")
            .Resolve(c => c.Source.Scopes.Order().ToList());
        Field<WireEnumType<Role>>("role")
            .Description("What you may do in a session; null for a key.")
            .Resolve(c => c.Source.Role);
        Field<NonNullGraphType<UsageType>>("usage")
            .Description("What counts towards your plan in this month.")
            .ResolveAsync(async c => await Usage.ReadAsync(OperationContext.Of(c), c.CancellationToken));
    }
}
