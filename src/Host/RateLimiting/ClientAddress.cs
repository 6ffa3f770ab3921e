using System.Net;
using System.Net.Sockets;

namespace Equaticket.Host.RateLimiting;

/// <summary>Distinguishes callers without a key.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The caller's address; for IPv6 the first 64 bits, since one subscriber owns the rest.
    /// </summary>
    public static string Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPNetwork(Prefix(address), 64).ToString()
            : address.ToString();
    }

    private static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
