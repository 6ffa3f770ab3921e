using System.Threading.Channels;

namespace Equaticket.Schema.Jobs;

/// <summary>Wakes a waiting worker. Calls made before it wakes up count as one.</summary>
public sealed class WakeUp
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Never blocks.</summary>
    public void Call() => _calls.Writer.TryWrite(true);

    /// <returns>A task that completes once there is a call since the previous wait.</returns>
    public async Task WaitAsync(CancellationToken cancellationToken) =>
        await _calls.Reader.ReadAsync(cancellationToken);
}
