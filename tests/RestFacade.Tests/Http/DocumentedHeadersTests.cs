using Equaticket.RestFacade.Tests.ApiKeys;
using Microsoft.Extensions.Configuration;

namespace Equaticket.RestFacade.Tests.Http;

/// <summary>Complete responses with every documented header, one for each kind of response.</summary>
public sealed class DocumentedHeadersTests : ApiTest
{
    private const string Path = "/api/v1/events";

    private static readonly (string, string) Key = ("Idempotency-Key", "a key");

    [Fact]
    public async Task Status_200_of_a_resource()
    {
        var id = await Org.Live.CreateEventAsync();
        (await Org.Live.GetAsync($"{Path}/{id}")).MatchSnapshotWithAllHeaders();
    }

    [Fact]
    public async Task Status_200_of_a_public_listing() =>
        (await SendAsync($"/api/v1/public/events?org_slug={Org.Slug}")).MatchSnapshotWithAllHeaders();

    [Fact]
    public async Task Status_201_replayed()
    {
        await PostAsync(Path, Seed.EventBody());
        (await PostAsync(Path, Seed.EventBody())).MatchSnapshotWithAllHeaders();
    }

    [Fact]
    public async Task Status_304_while_nothing_has_changed()
    {
        var id = await Org.Live.CreateEventAsync();
        var tag = (await Org.Live.GetAsync($"{Path}/{id}")).Header("ETag")!;
        (await Org.Live.SendAsync(HttpMethod.Get, $"{Path}/{id}", null, ("If-None-Match", tag)))
            .MatchSnapshotWithAllHeaders();
    }

    [Fact]
    public async Task Status_304_of_a_public_listing()
    {
        var path = $"/api/v1/public/events?org_slug={Org.Slug}";
        var tag = (await SendAsync(path)).Header("ETag")!;
        (await SendAsync(path, ("If-None-Match", tag))).MatchSnapshotWithAllHeaders();
    }

    [Fact]
    public async Task Status_401_with_a_malformed_key() => (await SendAsync(
        Path, ("Authorization", "Bearer sk_live_nonsense"))).MatchSnapshotWithAllHeaders();

    [Fact]
    public async Task Status_404_with_the_callers_request_id() => (await Org.Live.SendAsync(
        HttpMethod.Get, $"{Path}/none", null, ("X-Request-Id", "order 66")))
        .MatchSnapshotWithAllHeaders();

    [Fact]
    public async Task Status_409_replayed_keeps_its_first_request_id()
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        await Org.Live.SendAsync(
            HttpMethod.Post, $"{Path}/{id}/publish", null, Key, ("X-Request-Id", "the first"));
        (await Org.Live.SendAsync(
            HttpMethod.Post, $"{Path}/{id}/publish", null, Key, ("X-Request-Id", "the second")))
            .MatchSnapshotWithAllHeaders();
    }

    [Fact]
    public async Task Status_409_while_the_first_request_runs()
    {
        var id = await Org.Live.CreateEventAsync();
        await using var blocker = await RowLock.TakeAsync(Host, "events", Guid.Parse(id));
        var first = PostAsync($"{Path}/{id}/cancel");
        await blocker.WaitForAnotherAsync();
        (await PostAsync($"{Path}/{id}/cancel")).MatchSnapshotWithAllHeaders();
        await blocker.DisposeAsync();
        (await first).AssertStatus(200);
    }

    [Fact]
    public async Task Status_412_when_the_resource_has_changed()
    {
        var id = await Org.Live.CreateEventAsync();
        var tag = (await Org.Live.GetAsync($"{Path}/{id}")).Header("ETag")!;
        await Org.Live.PatchAsync($"{Path}/{id}", new { title = "Faster" });
        (await Org.Live.SendAsync(
            HttpMethod.Patch, $"{Path}/{id}", new { title = "Slower" }, ("If-Match", tag)))
            .MatchSnapshotWithAllHeaders();
    }

    [Theory]
    [InlineData("W/{0}")]
    [InlineData("\"99-0000000000000000\", W/{0}")]
    public async Task Status_412_says_that_weak_tags_never_match(string format)
    {
        var id = await Org.Live.CreateEventAsync();
        var tag = (await Org.Live.GetAsync($"{Path}/{id}")).Header("ETag")!;
        var given = format.Replace("{0}", tag, StringComparison.Ordinal);
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Delete })
        {
            var typeId = await Org.Live.CreateTicketTypeAsync(id);
            (await Org.Live.SendAsync(
                method, $"{Path}/{id}/ticket-types/{typeId}", null, ("If-Match", given)))
                .AssertRefused("precondition_failed", saying: "weak tag");
        }

        (await Org.Live.SendAsync(
            HttpMethod.Patch, $"{Path}/{id}", new { title = "T" }, ("If-Match", $"{given}, {tag}")))
            .AssertStatus(200);
    }

    [Fact]
    public async Task Status_422_for_a_key_used_with_other_parameters()
    {
        await PostAsync(Path, Seed.EventBody());
        (await PostAsync(Path, Seed.EventBody("Another"))).MatchSnapshotWithAllHeaders();
    }

    [Fact]
    public async Task Status_429_over_the_limit()
    {
        await using var host = await TestHost.StartAsync(
            Host.ConnectionString,
            builder => builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["RateLimits:Plans:pro"] = "1" }));
        var client = Org.Live.On(host);
        ApiResponse? refused = null;
        await Poll.UntilAsync(
            async () => (refused = await client.GetAsync(Path)).Status == 429);
        Assert.Equal(refused!.Header("RateLimit-Reset"), refused.Header("Retry-After"));
        refused.MatchSnapshotWithAllHeaders();
    }

    private Task<ApiResponse> PostAsync(string path, object? body = null) =>
        Org.Live.SendAsync(HttpMethod.Post, path, body, Key);

    private Task<ApiResponse> SendAsync(string path, params (string, string)[] headers) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key: null, body: null, headers);
}
