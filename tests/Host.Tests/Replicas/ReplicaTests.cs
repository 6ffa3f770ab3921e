using Equaticket.Persistence.Replicas;
using Equaticket.Persistence.Team;
using Microsoft.Extensions.Logging;

namespace Equaticket.Host.Tests.Replicas;

/// <summary>
/// Reads go to a replica that is current enough for the caller. While its replay is paused, they show whether it was
/// asked: a write that was not announced is invisible on the replica. A replica that is slow on a busy machine leaves a
/// read to the primary, so these tests repeat reads until it answers.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class ReplicaTests(ReplicaHosts hosts) : IClassFixture<ReplicaHosts>, IAsyncLifetime
{
    private const string Old = "Old title";
    private const string New = "New title";

    private TestOrganization _org = null!;
    private ApiClient _key = null!;
    private string _path = "";

    public async Task InitializeAsync()
    {
        _org = await hosts.First.CreateOrganizationAsync();
        _key = _org.Live;
        _path = $"/api/v1/events/{await _key.CreateEventAsync(Old)}";
        await UntilUsedAsync(hosts.First);
        await UntilUsedAsync(hosts.Second);
    }

    public Task DisposeAsync() => hosts.Standby.ResumeAsync();

    [Fact]
    public async Task Reads_go_to_the_replica()
    {
        await hosts.Standby.PauseAsync();
        await RenameAsync(hosts.Silent);
        await Poll.UntilAsync(async () => await TitleAsync(_key) == Old);
        await Poll.UntilAsync(async () => await TitleByGraphQLAsync(_key) == Old);
        await Poll.UntilAsync(async () => await ListHasAsync(Old));
        Assert.Equal(New, await TitleAsync(_key.On(hosts.Silent)));
        await hosts.Standby.ResumeAsync();
        Assert.Equal(New, await TitleAsync(_key));
    }

    [Fact]
    public async Task An_organization_reads_its_own_write_on_every_server()
    {
        var otherKey = await hosts.Second.CreateKeyAsync(_org.Organization, livemode: true);
        var user = await hosts.Second.SignInAsync(_org.Organization, Role.Owner);
        await hosts.Standby.PauseAsync();
        await RenameAsync(hosts.First);
        Assert.Equal(New, await TitleAsync(_key.On(hosts.Second)));
        Assert.Equal(New, await TitleAsync(_key));
        Assert.Equal(New, await TitleAsync(otherKey));
        Assert.Equal(New, await TitleByGraphQLAsync(user));
    }

    [Fact]
    public async Task Others_still_use_the_replica_and_so_does_the_writer_once_it_has_caught_up()
    {
        var org = await hosts.First.CreateOrganizationAsync();
        var other = org.Live;
        var path = $"/api/v1/events/{await other.CreateEventAsync(Old)}";
        await UntilUsedAsync(hosts.First, org);
        await hosts.Standby.PauseAsync();
        await RenameAsync(hosts.First);
        await other.On(hosts.Silent).PatchAsync(path, new { title = New });
        await Poll.UntilAsync(async () => (await other.GetAsync(path)).Json!["title"]!.GetValue<string>() == Old);
        await hosts.Standby.ResumeAsync();
        await UntilUsedAsync(hosts.First);
        await hosts.Standby.PauseAsync();
        await RenameAsync(hosts.Silent, "Newer title");
        await Poll.UntilAsync(async () => await TitleAsync(_key) == New);
    }

    [Fact]
    public async Task A_change_to_an_account_concerns_every_organization()
    {
        await hosts.Standby.PauseAsync();
        await RenameAsync(hosts.Silent);
        await Poll.UntilAsync(async () => await TitleAsync(_key) == Old);
        Assert.True(await hosts.Second.Get<ReplicaPool>().AnnounceAsync(WritePositions.Everyone));
        Assert.Equal(New, await TitleAsync(_key));
    }

    [Fact]
    public async Task The_primary_is_asked_for_what_the_replica_does_not_have()
    {
        await hosts.Standby.PauseAsync();
        var id = await _key.On(hosts.Silent).CreateEventAsync(New);
        Assert.Equal(200, (await _key.GetAsync($"/api/v1/events/{id}")).Status);
        await Poll.UntilAsync(async () => !await ListHasAsync(New));
    }

    [Fact]
    public async Task Reads_survive_a_crash_of_the_replica_which_is_logged_once_and_used_again()
    {
        var (away, back) = (Count("serves no reads"), Count("serves reads"));
        var errors = hosts.Log.Lines.Count(line => line.Level >= LogLevel.Error);
        await hosts.Standby.CrashAsync();
        Assert.Equal(Old, await TitleAsync(_key));
        await Poll.UntilAsync(() => Task.FromResult(Count("serves no reads") > away));
        await RenameAsync(hosts.Silent);
        Assert.Equal(New, await TitleAsync(_key));
        await hosts.Standby.StartAsync();
        await Poll.UntilAsync(() => Task.FromResult(Count("serves reads") > back));
        await UntilUsedAsync(hosts.First);
        Assert.Equal((away + 1, back + 1), (Count("serves no reads"), Count("serves reads")));
        Assert.Equal(errors, hosts.Log.Lines.Count(line => line.Level >= LogLevel.Error));
    }

    [Fact]
    public async Task A_replica_that_hangs_does_not_hold_reads()
    {
        var limit = TimeSpan.FromSeconds(10);
        await hosts.Standby.FreezeAsync();
        try
        {
            for (var round = 0; round < 3; round++)
            {
                var titles = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TitleAsync(_key))).WaitAsync(limit);
                Assert.All(titles, title => Assert.Equal(Old, title));
            }
        }
        finally
        {
            await hosts.Standby.ThawAsync();
        }
    }

    [Fact]
    public async Task A_replica_that_lags_takes_no_reads()
    {
        using var log = new LogCapture();
        await using var host = await hosts.StartAsync(builder =>
        {
            builder.Configuration["Replica:MaxLagSeconds"] = "1";
            builder.Logging.AddProvider(log);
        });
        await UntilUsedAsync(host);
        await hosts.Standby.PauseAsync();
        await RenameAsync(hosts.Silent);
        await Poll.UntilAsync(async () => await TitleAsync(_key.On(host)) == New);
        await Poll.UntilAsync(() => Task.FromResult(log.Lines.Any(line =>
            line.Text.Contains("serves no reads: it lags by", StringComparison.Ordinal))));
    }

    private async Task<bool> ListHasAsync(string title) =>
        (await _key.GetAsync("/api/v1/events")).Body.Contains(title, StringComparison.Ordinal);

    private int Count(string text) =>
        hosts.Log.Lines.Count(line => line.Text.Contains(text, StringComparison.Ordinal));

    private Task<ApiResponse> RenameAsync(TestHost host, string title = New) =>
        _key.On(host).PatchAsync(_path, new { title });

    private async Task<string> TitleAsync(ApiClient key) =>
        (await key.GetAsync(_path)).Json!["title"]!.GetValue<string>();

    private async Task<string> TitleByGraphQLAsync(IApiCaller caller)
    {
        var response = await caller.SendAsync(HttpMethod.Post, "/graphql", new
        {
            query = "query ($id: ID!) { event(id: $id) { title } }",
            variables = new { id = _path.Split('/')[^1] },
        });
        return response.Json!["data"]!["event"]!["title"]!.GetValue<string>();
    }

    /// <summary>Waits until the host uses the replica for the organization of the test.</summary>
    private Task UntilUsedAsync(TestHost host) => UntilUsedAsync(host, _org);

    private static Task UntilUsedAsync(TestHost host, TestOrganization org) => Poll.UntilAsync(async () =>
    {
        var (replicas, id) = (host.Get<ReplicaPool>(), org.Organization.Id);
        await replicas.PositionOfAsync(id);
        return replicas.Find(id) is not null;
    });
}
