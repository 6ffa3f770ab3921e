using System.Net;
using System.Net.Sockets;

namespace Equaticket.Endurance.Running;

/// <summary>The folder of one run: logs, data, settings, and the ids of its processes.</summary>
public sealed class RunFolder(string path)
{
    private readonly HashSet<int> _ports = [];

    public string Path => path;

    public string Log(string name) => In("logs", $"{name}.log");

    public string Id(string name) => In("ids", name);

    public string In(params string[] parts)
    {
        var full = System.IO.Path.Combine([path, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        return full;
    }

    public string Write(string name, string text)
    {
        var full = In(name);
        File.WriteAllText(full, text);
        return full;
    }

    /// <returns>A port that nothing listens on, below those that the system gives to clients.</returns>
    public int FreePort()
    {
        for (var port = 20000; ; port++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                if (_ports.Contains(port))
                    continue;
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                _ports.Add(port);
                return port;
            }
            catch (SocketException)
            {
                // In use.
            }
        }
    }
}
