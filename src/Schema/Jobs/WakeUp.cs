using System.Threading.Channels;

namespace Equaticket.Schema.Jobs;

/// <summary>Wakes whoever waits for work. Calls that come before it is awake count as one.</summary>
public sealed class WakeUp
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Never blocks.</summary>
    public void Call() => _calls.Writer.TryWrite(true);

    /// <returns>Once it has been called since the last time.</returns>
    public async Task WaitAsync(CancellationToken cancellationToken) =>
        await _calls.Reader.ReadAsync(cancellationToken);
}
