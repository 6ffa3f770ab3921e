using System.ComponentModel;

namespace Equaticket.Persistence.Organizations;

/// <summary>Subscription tiers (public API guide, "Rate limits").</summary>
[Description("The subscription tier of an organization. It decides the rate limit of its API keys.")]
public enum Plan
{
    [Description("60 requests per minute for each key.")]
    Free,

    [Description("100 requests per minute for each key.")]
    Starter,

    [Description("300 requests per minute for each key, and webhooks.")]
    Growth,

    [Description("600 requests per minute for each key, and webhooks.")]
    Pro,
}
