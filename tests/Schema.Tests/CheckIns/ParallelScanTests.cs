using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.CheckIns;

/// <summary>Many concurrent scans on two hosts.</summary>
[Trait("Category", "Slow")]
public sealed class ParallelScanTests : ApiTest
{
    private const int Scans = 50;

    [Fact]
    public async Task One_of_50_concurrent_scans_is_accepted()
    {
        var sold = await Org.Live.SellAsync(Host);
        var results = await ScanAsync(number => new { code = sold.Codes[0], nonce = $"n-{number}" });
        var accepted = Assert.Single(results, scan => scan.Outcome == "ACCEPTED");
        Assert.Equal(Scans - 1, results.Count(scan => scan.Outcome == "ALREADY_USED"));
        Assert.All(results, scan => Assert.Equal(accepted.CheckedInAt, scan.CheckedInAt));
        Assert.Equal(Scans, (await Host.ScansAsync(sold.EventId)).Count);
        Assert.Equal(1, await CountEventsAsync());
    }

    [Fact]
    public async Task Each_of_50_scans_with_one_nonce_gets_the_first_result()
    {
        var sold = await Org.Live.SellAsync(Host);
        var results = await ScanAsync(_ => new { code = sold.Codes[0], nonce = "same" });
        Assert.Single(results.Distinct());
        Assert.Equal("ACCEPTED", results[0].Outcome);
        Assert.Equal(["accepted"], await Host.ScansAsync(sold.EventId));
        Assert.Equal(1, await CountEventsAsync());
    }

    [Fact]
    public async Task One_of_50_identical_scans_of_an_unknown_ticket_is_recorded()
    {
        var results = await ScanAsync(_ => new { code = "NOSUCH22", nonce = "same" });
        Assert.Single(results.Distinct());
        Assert.Equal("NOT_FOUND", results[0].Outcome);
        Assert.Equal(
            [1L],
            await Host.QuerySqlAsync<long>(
                "SELECT count(*) FROM scans WHERE organization_id = $1", Org.Organization.Id));
    }

    private async Task<(string Id, string Outcome, string? CheckedInAt)[]> ScanAsync(
        Func<int, object> input)
    {
        await using var second = await TestHost.StartAsync(Host.ConnectionString);
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        SessionClient[] scanners =
            [scanner, new SessionClient(second.Http, scanner.UserId, Org.Organization.Id, true)];
        return await Task.WhenAll(Enumerable.Range(0, Scans).Select(async number =>
        {
            var scan = await scanners[number % 2].CheckInAsync(input(number));
            return (scan["id"].Text(), scan["outcome"].Text(),
                scan["checkedInAt"]?.GetValue<string>());
        }));
    }

    private async Task<long> CountEventsAsync() =>
        (await Host.QuerySqlAsync<long>(
            """
            SELECT count(*) FROM webhook_events
            WHERE organization_id = $1 AND type = 'ticket.checked_in'
            """,
            Org.Organization.Id)).Single();
}
