using System.Net;
using System.Net.Sockets;

namespace Equaticket.Endurance.Running;

/// <summary>The folder of a run: logs, data, settings, and process ids.</summary>
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

    /// <returns>A free port, below the range of ephemeral ports.</returns>
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
                // The port is in use.
            }
        }
    }
}
