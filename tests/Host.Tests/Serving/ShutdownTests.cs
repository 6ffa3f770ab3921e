using Equaticket.Host.Commands;
using Equaticket.Host.Hosting;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Equaticket.Host.Tests.Serving;

/// <summary>What a stopping server finishes, and what its load balancer sees.</summary>
[Trait("Category", "Heavy")]
public sealed class ShutdownTests
{
    /// <summary>Longer than a host that doesn't wait takes to stop, and well within every timeout.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, string?> DefaultTimeout = new()
    {
        ["Shutdown:TimeoutSeconds"] = "30",
    };

    /// <summary>While the host stops, the request waits in the database for a lock that the test holds.</summary>
    [Fact]
    public async Task A_request_and_a_delivery_that_take_seconds_are_finished_and_recorded()
    {
        await using var host = await StartAsync(WebhookSeed.LoopbackSettings());
        var org = await host.CreateOrganizationAsync();
        await using var endpoint = await WebhookReceiver.StartAsync();
        var webhook = await org.Live.CreateWebhookAsync(endpoint.Address);
        var release = new TaskCompletionSource();
        endpoint.Answer = (_, _) => release.Task;
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE events IN SHARE MODE", connection);
        await command.ExecuteNonQueryAsync();
        var request = org.Live.PostAsync("/api/v1/events", Seed.EventBody("Kept"));
        await Poll.UntilAsync(
            async () => (await host.QuerySqlAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = current_database()"))[0] > 0);
        await org.Live.PingAsync(webhook.Id);
        await endpoint.UntilReceivedAsync(1);

        var stopping = host.Get<IHost>().StopAsync();
        await Task.Delay(Held);
        release.SetResult();
        await transaction.RollbackAsync();
        Assert.Equal(201, (await request).Status);
        await stopping;
        Assert.Equal(
            ["POST /api/v1/events 201"],
            await host.QuerySqlAsync<string>(
                "SELECT method || ' ' || path || ' ' || status FROM api_requests WHERE path = '/api/v1/events'"));
        Assert.Equal(["succeeded"], await host.QuerySqlAsync<string>("SELECT status FROM webhook_deliveries"));
        Assert.Single(endpoint.Received);
    }

    [Fact]
    public async Task A_draining_server_is_not_ready_but_responds_until_the_drain_ends()
    {
        var clock = new DrainClock();
        await using var host = await StartAsync(
            new Dictionary<string, string?> { ["Shutdown:DrainSeconds"] = $"{DrainClock.Drain.TotalSeconds}" },
            services => services.AddSingleton<TimeProvider>(clock));
        var org = await host.CreateOrganizationAsync();
        Assert.Null((await org.Live.GetAsync("/readyz")).Header("Connection"));
        Assert.True(host.Get<Shutdown>().Begin());
        Assert.False(host.Get<Shutdown>().Begin());

        Assert.Equal(503, (await org.Live.GetAsync("/readyz")).Status);
        var answer = await org.Live.PostAsync("/api/v1/events", Seed.EventBody("Drained"));
        Assert.Equal((201, "close"), (answer.Status, answer.Header("Connection")));
        var stopping = host.Get<IHostApplicationLifetime>().ApplicationStopping;
        Assert.False(stopping.IsCancellationRequested);
        await clock.EndDrainAsync();
        await Poll.UntilAsync(() => Task.FromResult(stopping.IsCancellationRequested));
    }

    [Theory]
    [InlineData("DrainSeconds", "-1", "Shutdown__DrainSeconds must be between 0 and 600.")]
    [InlineData("TimeoutSeconds", "0", "Shutdown__TimeoutSeconds must be between 1 and 600.")]
    public async Task A_setting_out_of_range_fails_startup(string name, string value, string sentence)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            new Dictionary<string, string?> { [$"Shutdown:{name}"] = value }));
        Assert.Equal(sentence, ExpectedErrors.Sentence(refusal));
    }

    [Fact]
    public async Task SIGTERM_starts_the_drain_and_a_second_one_ends_the_process()
    {
        const int killedBySigterm = 128 + 15;
        using var folder = await ClusterFolder.PreparedAsync();
        await using var host = await RunningHost.StartAsync(
            folder.Data, words: null, ("Shutdown__DrainSeconds", "600"));
        await host.TerminateAsync();
        await Poll.UntilAsync(
            async () => (await host.GetAsync("/readyz", host.TestKey)).Status == 503);
        Assert.Equal(200, (await host.GetAsync("/api/v1/events", host.TestKey)).Status);
        await host.TerminateAsync();
        Assert.Equal(killedBySigterm, await host.EndAsync());
        Assert.True(folder.IsServing);
        await using (await folder.AcquireAsync())
        {
            // The last process that uses the database stops it.
        }

        Assert.False(folder.IsServing);
    }

    private static Task<TestHost> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? configure = null) =>
        TestHost.StartAsync(configure: builder =>
        {
            builder.Configuration.AddInMemoryCollection(DefaultTimeout);
            builder.Configuration.AddInMemoryCollection(settings);
            configure?.Invoke(builder.Services);
        });

    /// <summary>The system clock, except that the test ends the drain.</summary>
    private sealed class DrainClock : TimeProvider
    {
        public static readonly TimeSpan Drain = TimeSpan.FromSeconds(599);

        private readonly TaskCompletionSource<Action> _end = new();

        public async Task EndDrainAsync() => (await _end.Task.WaitAsync(TimeSpan.FromSeconds(30)))();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Drain)
                _end.TrySetResult(() => callback(state));
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
