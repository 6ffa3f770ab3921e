using System.Net;
using Equaticket.Schema.Webhooks.Sending;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// The settings for delivering webhooks (<c>Webhooks__RetrySchedule</c>, <c>Webhooks__DeniedNetworks</c>,
/// <c>Webhooks__ExemptHosts</c>). All are comma-separated.
/// </summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>The delay after each failed attempt, as a number followed by ms, s, m or h.</summary>
    public string RetrySchedule { get; set; } = "5s,5m,30m,2h,5h,10h,14h,20h,24h";

    /// <summary>Additional networks, in CIDR notation, that are never dialed.</summary>
    public string? DeniedNetworks { get; set; }

    /// <summary>
    /// Hosts, optionally with a port, that are exempt from the rules for scheme, port, and address. For
    /// development only.
    /// </summary>
    public string? ExemptHosts { get; set; }

    internal static string[] Items(string? list) => (list ?? "").Split(
        ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Rejects invalid list items.</summary>
public sealed class WebhookOptionsRules : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        string[] faults =
        [
            .. WebhookOptions.Items(options.RetrySchedule).Where(item => !RetrySchedule.TryRead(item, out _))
                .Select(item => $"Webhooks__RetrySchedule: '{item}' is not a duration such as 5s, 30m, or 2h, "
                    + "of at most 30 days."),
            .. WebhookOptions.Items(options.DeniedNetworks).Where(item => !IPNetwork.TryParse(item, out _))
                .Select(item => $"Webhooks__DeniedNetworks: '{item}' is not a network such as 203.0.113.0/24."),
            .. WebhookOptions.Items(options.ExemptHosts).Where(item => !IsHost(item))
                .Select(item => $"Webhooks__ExemptHosts: '{item}' is not a host such as localhost:3000."),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsHost(string item) =>
        IPAddress.TryParse(item, out _)
        || (Uri.TryCreate($"http://{item}", UriKind.Absolute, out var uri)
            && uri is { PathAndQuery: "/", UserInfo: "" } && !item.EndsWith('/'));
}
