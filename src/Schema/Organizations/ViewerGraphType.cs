using System.ComponentModel;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Fields;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        this.Leaf("plan", "The organization's plan, which sets your rate limit.",
            caller => caller.Plan!.Value);
        this.Leaf("mode", "Whether the caller accesses live or test data.",
            caller => caller.Livemode ? Mode.Live : Mode.Test);
        this.Leaf("scopes", "The scopes of the API key; empty for a session.",
            caller => caller.Scopes.Order().ToList());
        this.OptionalLeaf("role", "The role of the session; null for an API key.", caller => caller.Role);
        Field<NonNullGraphType<UsageGraphType>>("usage")
            .Description("Usage in the current month.")
            .ResolveAsync(async c => await Usage.ReadAsync(OperationContext.Of(c), c.CancellationToken));
        Field<NonNullGraphType<PlanLimitsGraphType>>("limits")
            .Description("The limits of your plan.")
            .Resolve(c => PlanLimits.Of(
                c.Source.Plan!.Value, c.RequestServices!.GetRequiredService<IRequestLimits>()));
    }
}
