using System.Net;
using System.Net.Sockets;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>Ports on loopback that nobody listens on now.</summary>
internal static class FreePort
{
    /// <summary>The preferred port when it is free, else any. 0 prefers none.</summary>
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
