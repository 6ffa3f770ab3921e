using System.ComponentModel;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Organizations;

[Description("Live or test mode. The data of the two modes is fully isolated.")]
public enum Mode
{
    [Description("Data of real events and buyers.")]
    Live,

    [Description("Data for developing and testing an integration.")]
    Test,
}

public sealed class ViewerGraphType : ObjectGraphType<Caller>
{
    public ViewerGraphType()
    {
        Name = "Viewer";
        Description = "The caller: the API key or session that made the request.";
        Field<NonNullGraphType<OrganizationGraphType>>("organization")
            .Description("The organization of the caller.")
            .ResolveAsync(async c => await OperationContext.Of(c).Database.Organizations
                .SingleOrDefaultAsync(o => o.Id == c.Source.Tenant!.Value.OrganizationId, c.CancellationToken)
                ?? throw ApiError.NotFound("organization"));
        Field<NonNullGraphType<WireEnumGraphType<Plan>>>("plan")
            .Description("The organization's subscription tier, which sets your rate limit.")
            .Resolve(c => c.Source.Plan);
        Field<NonNullGraphType<WireEnumGraphType<Mode>>>("mode")
            .Description("Whether the caller accesses live or test data.")
            .Resolve(c => c.Source.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<Scope>>>>>("scopes")
            .Description("The scopes of the API key; empty for a session.")
            .Resolve(c => c.Source.Scopes.Order().ToList());
        Field<WireEnumGraphType<Role>>("role")
            .Description("The role of the session; null for an API key.")
            .Resolve(c => c.Source.Role);
        Field<NonNullGraphType<UsageGraphType>>("usage")
            .Description("Usage in the current month.")
            .ResolveAsync(async c => await Usage.ReadAsync(OperationContext.Of(c), c.CancellationToken));
    }
}
