namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>The number of deliveries that can be claimed now.</summary>
/// <param name="Total">The total number.</param>
/// <param name="PerEndpoint">The number per endpoint that is not listed.</param>
/// <param name="Endpoints">Endpoints with a different limit.</param>
/// <param name="Counts">The limits of those endpoints, in the same order.</param>
public sealed record FreeSlots(int Total, int PerEndpoint, Guid[] Endpoints, int[] Counts);

/// <summary>
/// Limits this host's deliveries in flight so that endpoints do not delay each other. Each endpoint has a limit, which
/// drops to one after consecutive failures, and failing or slow endpoints share at most half of the total. For idle
/// endpoints, remembers only the latest that failed or were slow.
/// </summary>
public sealed class EndpointSlots
{
    public const int PerEndpoint = 16;
    public const int Total = 512;

    private const int MaxSuspects = Total / 2;
    private const int MaxIdle = Total * 2;
    private const int FailuresInARow = 3;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Guid, State> _endpoints = [];
    private readonly LinkedList<Guid> _idle = new();
    private readonly Lock _lock = new();
    private int _inFlight;

    public FreeSlots Free()
    {
        lock (_lock)
        {
            var suspects = _endpoints.Values.Where(state => state.IsSuspect).Sum(s => s.InFlight);
            return new FreeSlots(
                Total - _inFlight,
                PerEndpoint,
                [.. _endpoints.Keys],
                [.. _endpoints.Values.Select(state => state.IsSuspect && suspects >= MaxSuspects
                    ? 0
                    : Math.Max(0, state.Limit - state.InFlight))]);
        }
    }

    public void Take(Guid endpoint)
    {
        lock (_lock)
        {
            if (!_endpoints.TryGetValue(endpoint, out var state))
                _endpoints.Add(endpoint, state = new State());
            if (state.Idle is { } place)
                _idle.Remove(place);
            state.Idle = null;
            state.InFlight++;
            _inFlight++;
        }
    }

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="succeeded">The outcome of the attempt; null if none was made.</param>
    /// <param name="duration">The duration of the attempt.</param>
    /// <returns>Whether a delivery may be waiting for the slot.</returns>
    public bool Release(Guid endpoint, bool? succeeded, TimeSpan duration)
    {
        lock (_lock)
        {
            var state = _endpoints[endpoint];
            var wasFull = state.InFlight >= state.Limit || _inFlight >= Total;
            state.InFlight--;
            _inFlight--;
            if (succeeded is { } isSuccess)
            {
                state.Failures = isSuccess ? 0 : state.Failures + 1;
                state.IsSlow = duration > Slow;
            }

            if (state.InFlight == 0)
                Rest(endpoint, state);
            return wasFull || state.IsSuspect;
        }
    }

    private void Rest(Guid endpoint, State state)
    {
        if (state.IsSuspect)
            state.Idle = _idle.AddLast(endpoint);
        else
            _endpoints.Remove(endpoint);
        if (_idle.Count <= MaxIdle)
            return;
        _endpoints.Remove(_idle.First!.Value);
        _idle.RemoveFirst();
    }

    private sealed class State
    {
        /// <summary>The endpoint's position among idle endpoints; null while a delivery is in flight.</summary>
        public LinkedListNode<Guid>? Idle { get; set; }

        public int InFlight { get; set; }

        public int Failures { get; set; }

        public bool IsSlow { get; set; }

        public bool IsSuspect => IsSlow || Failures > 0;

        public int Limit => Failures >= FailuresInARow ? 1 : PerEndpoint;
    }
}
