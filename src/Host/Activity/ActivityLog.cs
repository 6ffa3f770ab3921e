using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Host.Activity;

/// <summary>
/// Buffers finished requests until they are written, in bounded memory. If the database can't keep up,
/// further requests are dropped and counted, without blocking callers.
/// </summary>
internal sealed class ActivityLog
{
    private const int Capacity = 20_000;

    private readonly Channel<LoggedRequest> _requests = Channel.CreateBounded<LoggedRequest>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly Counter<long> _dropped;

    public ActivityLog(IMeterFactory meters) =>
        _dropped = meters.Create(Schema.Execution.Telemetry.MeterName).CreateCounter<long>(
            "equaticket.activity.dropped", description: "Requests missing from the activity log.");

    public ChannelReader<LoggedRequest> Requests => _requests.Reader;

    public void Add(LoggedRequest request)
    {
        if (!_requests.Writer.TryWrite(request))
            Drop(1);
    }

    public void Drop(int count) => _dropped.Add(count);

    /// <summary>Closes the log to new requests, so that the rest can be written.</summary>
    public void Complete() => _requests.Writer.TryComplete();
}

/// <summary>A finished request and the scopes that its operation requires.</summary>
internal sealed record LoggedRequest(ApiRequest Request, IReadOnlyCollection<Scope> Scopes);
