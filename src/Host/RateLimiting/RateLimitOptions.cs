using System.ComponentModel.DataAnnotations;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Host.RateLimiting;

/// <summary>
/// The number of requests allowed per one-minute window (guide, "Rate limits"). Settings:
/// <c>RateLimits__Plans__pro</c>, <c>RateLimits__PublicPerMinute</c> and so on.
/// </summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Per API key, by the plan of its organization.</summary>
    public Dictionary<string, int> Plans { get; set; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [WireNames<Plan>.Of(Plan.Free)] = 60,
        [WireNames<Plan>.Of(Plan.Starter)] = 100,
        [WireNames<Plan>.Of(Plan.Growth)] = 300,
        [WireNames<Plan>.Of(Plan.Pro)] = 600,
    };

    /// <summary>The public routes, per IP address.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "RateLimits__PublicPerMinute must be 1 or more.")]
    public int PublicPerMinute { get; set; } = 120;

    /// <summary>Checkouts without a key, per IP address.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "RateLimits__CheckoutPerMinute must be 1 or more.")]
    public int CheckoutPerMinute { get; set; } = 30;

    /// <summary>Failed authentications, per IP address. Successful ones are not counted.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "RateLimits__FailedAuthPerMinute must be 1 or more.")]
    public int FailedAuthPerMinute { get; set; } = 30;

    /// <summary>Attempts to sign in, sign up, and request emails, per IP address.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "RateLimits__SignInPerMinute must be 1 or more.")]
    public int SignInPerMinute { get; set; } = 20;

    public int Of(Plan plan) => Plans[WireNames<Plan>.Of(plan)];
}
