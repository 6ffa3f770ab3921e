using System.Net;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>The hosts and IP addresses that may be dialed, according to the IANA registries and the settings.</summary>
public sealed class EndpointRules
{
    private readonly IPNetwork[] _denied;
    private readonly HashSet<string> _exempt;

    /// <param name="options">The settings, already validated.</param>
    public EndpointRules(IOptions<WebhookOptions> options)
    {
        _denied = [.. WebhookOptions.Items(options.Value.DeniedNetworks).Select(IPNetwork.Parse)];
        _exempt = WebhookOptions.Items(options.Value.ExemptHosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the settings exempt the host from the rules for scheme, port, and address.</summary>
    public bool IsExempt(string host, int port) =>
        _exempt.Contains(host) || _exempt.Contains($"{host}:{port}");

    public bool IsAllowed(IPAddress address) =>
        SpecialNetworks.IsGlobal(address) && !_denied.Any(network => network.Contains(address));
}
