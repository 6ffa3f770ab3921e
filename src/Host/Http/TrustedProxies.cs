using Equaticket.Host.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Equaticket.Host.Http;

/// <summary>
/// Reads the caller's IP address from <c>X-Forwarded-For</c>, but only if a trusted proxy wrote it.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Comma-separated networks, such as <c>10.0.0.0/8,192.0.2.7/32</c>.</summary>
    private const string Setting = "Proxies:Trusted";

    /// <exception cref="ConfigurationException">The setting is invalid.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Configuration[Setting] is not { Length: > 0 } networks)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks.Split(',', StringSplitOptions.TrimEntries))
            options.KnownIPNetworks.Add(Read(network));
        app.UseForwardedHeaders(options);
    }

    private static IPNetwork Read(string text) =>
        IPNetwork.TryParse(text, out var network)
            ? network
            : throw new ConfigurationException(
                $"Proxies__Trusted: '{text}' is not a network such as 10.0.0.0/8.");
}
