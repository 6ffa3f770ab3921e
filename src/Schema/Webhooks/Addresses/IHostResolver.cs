using System.Net;
using System.Net.Sockets;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>Resolves the addresses of a host.</summary>
public interface IHostResolver
{
    /// <returns>The addresses; empty if the name does not resolve.</returns>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Uses the system's resolver.</summary>
internal sealed class DnsResolver : IHostResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.HostNotFound
            or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery)
        {
            return [];
        }
    }
}
