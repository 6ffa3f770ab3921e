using System.Net;
using System.Net.Sockets;

namespace Equaticket.RestFacade.Tests.Http;

/// <summary>A proxy between a host and its database. Disposing it makes the database unreachable.</summary>
internal sealed class Forwarder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly (string Host, int Port) _target;

    /// <param name="host">The database's host.</param>
    /// <param name="port">The database's port.</param>
    public Forwarder(string host, int port)
    {
        _target = (host, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_open)
            _open.ForEach(client => client.Dispose());
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = Keep(await _listener.AcceptTcpClientAsync());
            var far = Keep(new TcpClient());
            await far.ConnectAsync(_target.Host, _target.Port);
            _ = near.GetStream().CopyToAsync(far.GetStream());
            _ = far.GetStream().CopyToAsync(near.GetStream());
        }
    }

    private TcpClient Keep(TcpClient client)
    {
        lock (_open)
            _open.Add(client);
        return client;
    }
}
