using System.ComponentModel.DataAnnotations;

namespace Equaticket.Host.Load;

/// <summary>Limits the requests that a server executes concurrently. Others wait briefly or get a 503.</summary>
internal sealed class LoadOptions
{
    public const string Section = "Load";

    /// <summary>The maximum number of concurrent requests. Subscriptions and health checks don't count.</summary>
    [Range(1, 100_000, ErrorMessage = "Load__MaxRequests must be between 1 and 100000.")]
    public int MaxRequests { get; set; } = 500;

    /// <summary>The maximum number of requests that wait for others to finish.</summary>
    [Range(0, 100_000, ErrorMessage = "Load__MaxWaiting must be between 0 and 100000.")]
    public int MaxWaiting { get; set; } = 500;

    /// <summary>How long a request may wait, in seconds.</summary>
    [Range(1, 60, ErrorMessage = "Load__WaitSeconds must be between 1 and 60.")]
    public int WaitSeconds { get; set; } = 2;

    /// <summary>The percentage of <see cref="MaxRequests"/> that the keys of one organization can use.</summary>
    [Range(1, 100, ErrorMessage = "Load__TenantPercent must be between 1 and 100.")]
    public int TenantPercent { get; set; } = 50;

    /// <summary><see cref="TenantPercent"/> as a number of requests.</summary>
    internal int MaxPerTenant => Math.Max(1, (int)((long)MaxRequests * TenantPercent / 100));
}
