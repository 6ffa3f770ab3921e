using Equaticket.Persistence;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Listens for changes of keys and organizations in the database, so that a revoked key is
/// refused on every host immediately. While it cannot listen, nothing is cached.
/// </summary>
internal sealed class CallerListener(
    ListenerConnection connection,
    KnownCallers callers,
    TimeProvider clock,
    ILogger<CallerListener> log)
    : ChannelListener(connection, Triggers.CallersChannel, clock, log)
{
    protected override void SetListening(bool isListening) => callers.SetListening(isListening);

    protected override void Hear(string payload)
    {
        if (Guid.TryParse(payload, out var id))
            callers.Forget(id);
    }
}
