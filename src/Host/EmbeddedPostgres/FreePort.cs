using System.Net;
using System.Net.Sockets;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>Ports on loopback that are currently free.</summary>
internal static class FreePort
{
    /// <summary>The preferred port if it is free, otherwise any. 0 means no preference.</summary>
    public static int Choose(int preferred)
    {
        try
        {
            return Listen(preferred);
        }
        catch (SocketException)
        {
            return Listen(0);
        }
    }

    private static int Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
