using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Schema.Tests.Webhooks;

public sealed class EndpointSlotsTests
{
    private const int Many = 20_000;

    private readonly EndpointSlots _slots = new();
    private int _ids;

    [Theory]
    [InlineData(3, 0)]
    [InlineData(0, 5)]
    public void Idle_endpoints_do_not_accumulate(int failures, int seconds)
    {
        var fill = Enumerable.Range(0, EndpointSlots.Total / 2).Select(_ => Hanging()).ToList();
        foreach (var _ in Enumerable.Range(0, Many))
            Attempt(NextId(), failures, TimeSpan.FromSeconds(seconds));
        Assert.InRange(_slots.Free().Endpoints.Length, 0, fill.Count + (2 * EndpointSlots.Total));
    }

    [Fact]
    public void The_latest_failing_endpoints_are_remembered_and_get_one_attempt_at_a_time()
    {
        foreach (var _ in Enumerable.Range(0, Many))
            Attempt(NextId(), failures: 3);
        var failing = NextId();
        Attempt(failing, failures: 3);
        Assert.Equal(1, FreeFor(failing));
        _slots.Take(failing);
        Assert.Equal(0, FreeFor(failing));
        _slots.Release(failing, succeeded: true, TimeSpan.Zero);
        Assert.Equal(EndpointSlots.PerEndpoint, FreeFor(failing));
    }

    [Fact]
    public void Endpoints_with_deliveries_in_flight_are_never_forgotten()
    {
        var busy = NextId();
        _slots.Take(busy);
        foreach (var _ in Enumerable.Range(0, Many))
            Attempt(NextId(), failures: 1);
        Assert.Equal(EndpointSlots.PerEndpoint - 1, FreeFor(busy));
        _slots.Release(busy, succeeded: true, TimeSpan.Zero);
        Assert.Equal(EndpointSlots.Total, _slots.Free().Total);
    }

    [Fact]
    public void An_attempt_that_was_not_made_does_not_affect_its_endpoint()
    {
        var slow = NextId();
        Attempt(slow, failures: 3, TimeSpan.FromSeconds(5));
        _slots.Take(slow);
        _slots.Release(slow, succeeded: null, TimeSpan.Zero);
        Assert.Equal(1, FreeFor(slow));
    }

    private Guid NextId() => new(++_ids, 0, 0, new byte[8]);

    private int FreeFor(Guid endpoint)
    {
        var free = _slots.Free();
        var place = Array.IndexOf(free.Endpoints, endpoint);
        return place < 0 ? free.PerEndpoint : free.Counts[place];
    }

    /// <summary>An endpoint that has failed before and has something in flight.</summary>
    private Guid Hanging()
    {
        var endpoint = NextId();
        Attempt(endpoint, failures: 1);
        _slots.Take(endpoint);
        return endpoint;
    }

    private void Attempt(Guid endpoint, int failures, TimeSpan duration = default)
    {
        for (var attempt = 0; attempt < Math.Max(failures, 1); attempt++)
        {
            _slots.Take(endpoint);
            _slots.Release(endpoint, succeeded: failures == 0, duration);
        }
    }
}
