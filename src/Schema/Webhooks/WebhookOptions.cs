namespace Equaticket.Schema.Webhooks;

/// <summary>
/// How webhooks are delivered (<c>Webhooks__RetrySchedule</c>, <c>Webhooks__DeniedNetworks</c>,
/// <c>Webhooks__ExemptHosts</c>). All are comma-separated.
/// </summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>The delay after each failed attempt: a number and ms, s, m or h.</summary>
    public string RetrySchedule { get; set; } = "5s,5m,30m,2h,5h,10h,14h,20h,24h";

    /// <summary>Additional networks, in CIDR notation, that are never dialled.</summary>
    public string? DeniedNetworks { get; set; }

    /// <summary>
    /// Hosts, optionally with a port, that are exempt from the rules for scheme, port and address. For
    /// development only.
    /// </summary>
    public string? ExemptHosts { get; set; }
}
