using System.Net;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>The hosts and addresses that may be dialled, by registries and settings.</summary>
public sealed class EndpointRules
{
    private readonly IPNetwork[] _denied;
    private readonly HashSet<string> _exempt;

    /// <param name="options">Validated.</param>
    public EndpointRules(IOptions<WebhookOptions> options)
    {
        _denied = [.. WebhookOptions.Items(options.Value.DeniedNetworks).Select(IPNetwork.Parse)];
        _exempt = WebhookOptions.Items(options.Value.ExemptHosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the settings exempt it from the rules for scheme, port and address.</summary>
    public bool IsExempt(string host, int port) =>
        _exempt.Contains(host) || _exempt.Contains($"{host}:{port}");

    public bool IsAllowed(IPAddress address) =>
        SpecialNetworks.IsGlobal(address) && !_denied.Any(network => network.Contains(address));
}
