using System.Net;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>
/// The networks that webhooks must not reach: those that the IANA special-purpose address registries
/// (RFC 6890 and its successors) do not mark as globally reachable, and a few more.
/// </summary>
public static class SpecialNetworks
{
    private static readonly IPNetwork[] Ipv4 =
    [
        .. All(
            "0.0.0.0/8", // "This network" (RFC 791)
            "10.0.0.0/8", // private use (RFC 1918)
            "100.64.0.0/10", // shared address space (RFC 6598)
            "127.0.0.0/8", // loopback (RFC 1122)
            "168.63.129.16/32", // Azure's host agent: a global address, but reachable only locally
            "169.254.0.0/16", // link-local (RFC 3927), including cloud metadata services
            "172.16.0.0/12", // private use (RFC 1918)
            "192.0.0.0/24", // IETF protocol assignments (RFC 6890), all of them
            "192.0.2.0/24", // documentation (RFC 5737)
            "192.88.99.0/24", // 6to4 relay anycast (RFC 7526)
            "192.168.0.0/16", // private use (RFC 1918)
            "198.18.0.0/15", // benchmarking (RFC 2544)
            "198.51.100.0/24", // documentation (RFC 5737)
            "203.0.113.0/24", // documentation (RFC 5737)
            "224.0.0.0/4", // multicast (RFC 5771)
            "240.0.0.0/4"), // reserved, and the limited broadcast (RFC 1112, RFC 919)
    ];

    // Only 2000::/3 is global unicast. It excludes loopback, mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96,
    // 64:ff9b:1::/48), discard, SRv6, unique-local, link-local and multicast addresses.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Ipv6 =
    [
        .. All(
            "2001::/23", // IETF protocol assignments (RFC 2928): Teredo (RFC 4380), ORCHID, benchmarking
            "2001:db8::/32", // documentation (RFC 3849)
            "2002::/16", // 6to4 (RFC 3056)
            "2620:4f:8000::/48", // AS112 (RFC 7534)
            "3fff::/20"), // documentation (RFC 9637)
    ];

    /// <returns>Whether the address is reachable from the whole internet.</returns>
    /// <remarks>
    /// Mapped addresses are checked first: <see cref="IPNetwork.Contains"/> incorrectly finds some of them in IPv6
    /// networks.
    /// </remarks>
    public static bool IsGlobal(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? !Ipv4.Any(network => network.Contains(address))
            : !address.IsIPv4MappedToIPv6 && GlobalUnicast.Contains(address)
                && !Ipv6.Any(network => network.Contains(address));

    private static IEnumerable<IPNetwork> All(params string[] networks) =>
        networks.Select(IPNetwork.Parse);
}
