using System.Net;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>The hosts and addresses that may be dialled, by registries and settings.</summary>
public sealed class EndpointRules
{
    private readonly IPNetwork[] _denied;
    private readonly HashSet<string> _exempt;

    /// <exception cref="FormatException">A setting is not a network in CIDR notation.</exception>
    public EndpointRules(IOptions<WebhookOptions> options)
    {
        _denied = [.. Items(options.Value.DeniedNetworks).Select(ReadNetwork)];
        _exempt = Items(options.Value.ExemptHosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the settings exempt it from the rules for scheme, port and address.</summary>
    public bool IsExempt(string host, int port) =>
        _exempt.Contains(host) || _exempt.Contains($"{host}:{port}");

    public bool IsAllowed(IPAddress address) =>
        SpecialNetworks.IsGlobal(address) && !_denied.Any(network => network.Contains(address));

    private static IPNetwork ReadNetwork(string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new FormatException(
            $"Webhooks__DeniedNetworks: '{text}' is not a network such as 203.0.113.0/24.");

    private static string[] Items(string? list) => (list ?? "").Split(
        ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
