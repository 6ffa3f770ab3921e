using System.Collections.Concurrent;

namespace Equaticket.Schema.Emails;

/// <summary>Connections to the mail server that lanes reuse.</summary>
internal sealed class EmailConnections(IEmailTransport transport) : IAsyncDisposable
{
    private readonly ConcurrentBag<IEmailConnection> _idle = [];

    public IEmailConnection Take() =>
        _idle.TryTake(out var connection) ? connection : transport.Open();

    public void GiveBack(IEmailConnection connection) => _idle.Add(connection);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _idle)
            await connection.DisposeAsync();
    }
}
