using Equaticket.Engine.Fields;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Webhooks;
using GraphQL.Types;

namespace Equaticket.Schema.Organizations;

/// <summary>The rate limit of API keys, by plan.</summary>
public interface IRequestLimits
{
    int PerMinute(Plan plan);
}

/// <summary>The limits of a plan.</summary>
/// <param name="RequestsPerMinute">The number of requests per minute for each API key.</param>
/// <param name="HasWebhooks">Whether the plan includes webhooks.</param>
public sealed record PlanLimits(int RequestsPerMinute, bool HasWebhooks)
{
    internal static PlanLimits Of(Plan plan, IRequestLimits limits) =>
        new(limits.PerMinute(plan), WebhookRules.HasWebhooks(plan));
}

public sealed class PlanLimitsGraphType : ObjectGraphType<PlanLimits>
{
    public PlanLimitsGraphType()
    {
        Name = "PlanLimits";
        Description = "The limits of a plan.";
        this.Leaf("requestsPerMinute", "How many requests each API key can make per minute.",
            limits => limits.RequestsPerMinute);
        this.Leaf("hasWebhooks", "Whether webhooks can be created.", limits => limits.HasWebhooks);
    }
}
