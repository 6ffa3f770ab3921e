using System.Collections.Concurrent;
using Equaticket.Engine.Errors;
using Equaticket.Host.Telemetry;
using Equaticket.Schema.Execution;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL.Streaming;

/// <summary>Limits how many streams this host keeps open, in total and per key or user.</summary>
internal sealed class StreamPlaces(IOptions<GraphQLOptions> options, HostMetrics metrics)
{
    private readonly ConcurrentDictionary<Guid, int> _taken = new();
    private int _all;

    /// <returns>A place, released when disposed.</returns>
    /// <exception cref="ApiError">All places are taken.</exception>
    public IDisposable Take(Caller caller)
    {
        var (id, limits) = ((caller.ApiKeyId ?? caller.UserId)!.Value, options.Value);
        var place = new Place(this, id);
        Interlocked.Increment(ref _all);
        metrics.StreamOpened();
        if (_taken.AddOrUpdate(id, 1, (_, count) => count + 1) > limits.MaxStreamsPerCaller)
        {
            place.Dispose();
            throw ApiError.TooManyStreams(limits.MaxStreamsPerCaller);
        }

        if (Volatile.Read(ref _all) > limits.MaxStreams)
        {
            place.Dispose();
            throw ApiError.Unavailable();
        }

        return place;
    }

    private void Free(Guid id)
    {
        Interlocked.Decrement(ref _all);
        metrics.StreamClosed();
        if (_taken.AddOrUpdate(id, 0, (_, count) => count - 1) == 0)
            _taken.TryRemove(KeyValuePair.Create(id, 0));
    }

    private sealed class Place(StreamPlaces places, Guid id) : IDisposable
    {
        public void Dispose() => places.Free(id);
    }
}
