using Equaticket.Schema.Execution;
using Npgsql;

namespace Equaticket.Host.Tests.Load;

/// <summary>A server that sends one query at a time. The test holds it up by locking the table that it reads.</summary>
public sealed class ReadLimiterTests
{
    [Fact]
    public async Task Other_queries_wait_for_their_turn_and_writes_do_not()
    {
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Configuration["Database:MaxReads"] = "1");
        var org = await host.CreateOrganizationAsync();
        var limiter = host.Get<ReadLimiter>();
        await using var holder = new NpgsqlConnection(host.ConnectionString);
        await holder.OpenAsync();
        await using var occupied = await holder.BeginTransactionAsync();
        await using var block = new NpgsqlCommand("LOCK TABLE attendees IN ACCESS EXCLUSIVE MODE", holder);
        await block.ExecuteNonQueryAsync();

        var running = org.Live.GetAsync("/api/v1/attendees");
        await Poll.UntilAsync(async () => (await host.QuerySqlAsync<long>(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'attendees'::regclass"))[0] == 1);
        var waiting = org.Live.GetAsync("/api/v1/orders");
        await Poll.UntilAsync(() => Task.FromResult(limiter.Waiting == 1));
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new("Bearer", org.Live.Secret);
        var left = host.Http.SendAsync(request, leaving.Token);
        await Poll.UntilAsync(() => Task.FromResult(limiter.Waiting == 2));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await Poll.UntilAsync(() => Task.FromResult(limiter.Waiting == 1));
        await org.Live.CreateEventAsync();
        Assert.False(waiting.IsCompleted);

        await occupied.RollbackAsync();
        Assert.Equal((200, 200), ((await running).Status, (await waiting).Status));
        Assert.Equal(0, limiter.Waiting);
    }
}
