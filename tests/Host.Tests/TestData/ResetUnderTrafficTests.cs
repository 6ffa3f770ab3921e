using System.Collections.Concurrent;

namespace Equaticket.Host.Tests.TestData;

/// <summary>Test data is removed while others keep creating it.</summary>
public sealed class ResetUnderTrafficTests : ApiTest
{
    private const string Reset = "/api/settings/api-keys/reset-test-data";
    private const int Writers = 4;
    private const int Resets = 6;

    private readonly ConcurrentBag<ApiResponse> _events = [];
    private readonly ConcurrentBag<ApiResponse> _others = [];

    [Fact]
    public async Task Reset_fails_no_request_counts_each_object_once_and_leaves_live_data()
    {
        await Org.Live.CreatePublishedEventAsync("Live");
        var live = await LiveRowsAsync();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(enough.Token)).ToList();

        var deleted = 0L;
        for (var i = 0; i < Resets; i++)
        {
            var made = _events.Count;
            await Poll.UntilAsync(
                () => Task.FromResult(_events.Count > made + Writers));
            deleted += await ResetAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        Assert.All(_events, answer => Assert.Equal(201, answer.Status));
        Assert.All(_others, answer => Assert.Contains(answer.Status, (int[])[200, 201, 404, 409, 422]));
        Assert.Equal(_events.Count, deleted + await ResetAsync());
        Assert.Equal(live, await LiveRowsAsync());
        Assert.Equal(0, await CountAsync("ticket_types", livemode: false));
    }

    /// <summary>Creates events, adds a ticket type to each and publishes it.</summary>
    private async Task WriteAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var made = await Org.Test.PostAsync("/api/v1/events", Seed.EventBody());
            _events.Add(made);
            var path = $"/api/v1/events/{made.Id}";
            _others.Add(await Org.Test.PostAsync($"{path}/ticket-types", Seed.TicketTypeBody()));
            _others.Add(await Org.Test.PostAsync($"{path}/publish"));
        }
    }

    /// <returns>The number of events reported as removed.</returns>
    private async Task<long> ResetAsync()
    {
        var answer = await Org.Test.PostAsync(Reset);
        Assert.Equal(200, answer.Status);
        return (long)answer.Json!["deleted"]!["events"]!;
    }

    private async Task<string> LiveRowsAsync()
    {
        var rows = await Host.QuerySqlAsync<string>(
            """
            SELECT row::text FROM events AS row WHERE organization_id = $1 AND livemode
            UNION ALL
            SELECT row::text FROM ticket_types AS row WHERE organization_id = $1 AND livemode
            """,
            Org.Organization.Id);
        Assert.Equal(2, rows.Count);
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    private async Task<long> CountAsync(string table, bool livemode) =>
        (await Host.QuerySqlAsync<long>(
            $"SELECT count(*) FROM {table} WHERE organization_id = $1 AND livemode = $2",
            Org.Organization.Id, livemode))[0];
}
