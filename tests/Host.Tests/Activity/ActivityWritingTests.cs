using System.Diagnostics.Metrics;
using Equaticket.Host.Activity;
using Equaticket.Persistence;
using Equaticket.Persistence.Activity;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.Activity;

public sealed class ActivityWritingTests
{
    private const int Capacity = 20_000;

    [Fact]
    public async Task Shutdown_writes_the_remaining_requests()
    {
        const int requests = 300;
        // A request is logged after its response is sent, so the server needs the time of production for the last ones.
        var host = await TestHost.StartAsync(
            configure: builder => builder.Configuration["Shutdown:TimeoutSeconds"] = "30");
        var connectionString = host.ConnectionString;
        var org = await host.CreateOrganizationAsync();
        // More at a time would be refused, some of them before their key is known.
        foreach (var some in Enumerable.Range(0, requests).Chunk(20))
        {
            var answers = await Task.WhenAll(some.Select(_ => org.Live.GetAsync("/api/v1/events/none")));
            Assert.All(answers, answer => Assert.Equal(404, answer.Status));
        }

        await host.DisposeAsync();

        await using var reader = await TestHost.StartAsync(connectionString);
        var written = await reader.QuerySqlAsync<long>(
            "SELECT count(*) FROM api_requests WHERE api_key_id = $1", org.Live.KeyId);
        Assert.Equal(requests, written[0]);
    }

    [Fact]
    public void A_full_log_drops_requests_and_counts_them()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var log = new ActivityLog(meters);
        var dropped = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "equaticket.activity.dropped")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => dropped += count);
        listener.Start();

        for (var i = 0; i < Capacity + 7; i++)
            log.Add(new LoggedRequest(Request(), []));

        Assert.Equal(Capacity, log.Requests.Count);
        Assert.Equal(7, dropped);
    }

    [Fact]
    public async Task An_outage_longer_than_three_attempts_loses_no_request()
    {
        const int requests = 300;
        var clock = new PauseClock();
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var org = await host.CreateOrganizationAsync();
        var stamps = host.Get<RowStamps>();
        await host.CloseDatabaseAsync();
        for (var i = 0; i < requests; i++)
            host.Get<ActivityLog>().Add(new LoggedRequest(Request(stamps.Next().Id, org), []));
        await clock.FourthPause.WaitAsync(TimeSpan.FromSeconds(30));
        await host.OpenDatabaseAsync();
        await Poll.UntilAsync(
            async () => (await host.QuerySqlAsync<long>(
                "SELECT count(*) FROM api_requests WHERE api_key_id = $1", org.Live.KeyId))[0] == requests);
    }

    private static ApiRequest Request(Guid id = default, TestOrganization? org = null) => new()
    {
        Id = id,
        OrganizationId = org?.Organization.Id ?? Guid.Empty,
        Livemode = true,
        ApiKeyId = org?.Live.KeyId ?? Guid.Empty,
        RequestId = "req",
        Method = "GET",
        Path = "/",
        Status = 200,
        DurationMs = 1,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>The system clock, which also reports when the writer pauses after its fourth attempt.</summary>
    private sealed class PauseClock : TimeProvider
    {
        private static readonly TimeSpan Fourth = TimeSpan.FromMilliseconds(800);
        private readonly TaskCompletionSource _fourth = new();

        public Task FourthPause => _fourth.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Fourth)
                _fourth.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
