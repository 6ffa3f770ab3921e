using Equaticket.Persistence;
using Equaticket.RestFacade.PublicListing;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Listens for changes of public listings in the database, so that every host shows them immediately.
/// </summary>
internal sealed class ListingListener(
    ListenerConnection connection,
    ListingMemory listings,
    TimeProvider clock,
    ILogger<ListingListener> log)
    : ChannelListener(connection, ListingTriggers.Channel, clock, log)
{
    protected override void SetListening(bool isListening) => listings.SetListening(isListening);

    protected override void Hear(string payload) => listings.Forget(payload);
}
