using System.ComponentModel;

namespace Equaticket.Persistence.Organizations;

/// <summary>Subscription tiers (public API guide, "Rate limits").</summary>
[Description("An organization's subscription tier, which sets the rate limit of its API keys.")]
public enum Plan
{
    [Description("60 requests per minute per API key.")]
    Free,

    [Description("100 requests per minute per API key.")]
    Starter,

    [Description("300 requests per minute per API key, and webhooks.")]
    Growth,

    [Description("600 requests per minute per API key, and webhooks.")]
    Pro,
}
