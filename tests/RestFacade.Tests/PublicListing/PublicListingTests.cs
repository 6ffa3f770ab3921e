namespace Equaticket.RestFacade.Tests.PublicListing;

public sealed class PublicListingTests : ApiTest
{
    private const string Path = "/api/v1/public/events";

    [Fact]
    public async Task Shows_only_published_live_events_of_the_organization_including_past_ones()
    {
        var other = await Host.CreateOrganizationAsync();
        await other.Live.CreatePublishedEventAsync("Foreign");
        await Org.Test.CreatePublishedEventAsync("Test");
        await Org.Live.CreateEventAsync("Draft");
        var cancelled = await Org.Live.CreatePublishedEventAsync("Cancelled");
        await Org.Live.PostAsync($"/api/v1/events/{cancelled}/cancel");
        await Org.Live.CreatePublishedEventAsync("Coming");
        var past = await Org.Live.CreatePublishedEventAsync("Past");
        await Org.Live.PatchAsync(
            $"/api/v1/events/{past}",
            new { starts_at = "2019-01-01T00:00:00Z", ends_at = "2019-01-02T00:00:00Z" });

        Assert.Equal(["past", "coming"], (await GetAsync($"?org_slug={Org.Slug}")).Column("slug"));
        foreach (var slug in new[] { "foreign", "test", "draft", "cancelled", "missing" })
            (await GetAsync($"/{slug}?org_slug={Org.Slug}")).AssertRefused("not_found");
        (await GetAsync($"/past?org_slug={Org.Slug}")).AssertStatus(200);
        (await GetAsync($"/foreign?org_slug={other.Slug}")).AssertStatus(200);
    }

    [Fact]
    public async Task Shows_a_published_event_whose_last_ticket_type_was_removed()
    {
        var id = await Org.Live.CreatePublishedEventAsync("Bare");
        var path = $"/api/v1/events/{id}/ticket-types";
        var ticketType = (await Org.Live.GetAsync(path)).Column("id")[0];
        (await Org.Live.DeleteAsync($"{path}/{ticketType}")).AssertStatus(204);
        Assert.Equal(["bare"], (await GetAsync($"?org_slug={Org.Slug}")).Column("slug"));
        var shown = (await GetAsync($"/bare?org_slug={Org.Slug}")).AssertStatus(200).Json!;
        Assert.Equal("[]", shown["ticket_types"]!.ToJsonString());
        Assert.False((bool?)shown["sold_out"]);
    }

    [Fact]
    public async Task Filters_by_start_with_an_inclusive_and_an_exclusive_bound()
    {
        foreach (var day in new[] { 1, 2, 3 })
        {
            var id = await Org.Live.CreatePublishedEventAsync($"Day {day}");
            await Org.Live.PatchAsync(
                $"/api/v1/events/{id}", new { starts_at = $"2099-01-0{day}T00:00:00Z" });
        }

        var query = $"?org_slug={Org.Slug}";
        Assert.Equal(
            ["day-3", "day-2"],
            (await GetAsync($"{query}&starts_after=2099-01-02T00:00:00Z")).Column("slug"));
        Assert.Equal(
            ["day-1"],
            (await GetAsync($"{query}&starts_before=2099-01-02T00:00:00Z")).Column("slug"));
    }

    [Theory]
    [InlineData("", "org_slug")]
    [InlineData("?org_slug=", "org_slug")]
    [InlineData("?org_slug=%20", "org_slug")]
    [InlineData("?org_slug=%00", "org_slug")]
    [InlineData("?org_slug=a&org_slug=b", "org_slug")]
    [InlineData("?org_slug=a&limit=0", "limit")]
    [InlineData("?org_slug=a&cursor=x", "cursor")]
    [InlineData("?org_slug=a&status=draft", "status")]
    public async Task Refuses_invalid_parameters(string query, string param)
    {
        (await GetAsync(query)).AssertRefused("validation_error", param);
        if (param == "org_slug")
            (await GetAsync($"/slug{query}")).AssertRefused("validation_error", param);
    }

    [Fact]
    public async Task An_unknown_organization_is_not_found()
    {
        (await GetAsync("?org_slug=nobody")).AssertRefused("not_found");
        (await GetAsync("/slug?org_slug=nobody")).AssertRefused("not_found");
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("a%20b")]
    [InlineData("-")]
    [InlineData("%FF")]
    public async Task A_malformed_slug_in_the_path_is_not_found(string slug) =>
        (await GetAsync($"/{slug}?org_slug={Org.Slug}")).AssertRefused("not_found");

    [Fact]
    public async Task A_key_is_neither_needed_nor_read()
    {
        await Org.Live.CreatePublishedEventAsync("Open");
        foreach (var key in new[] { null, Org.Test.Secret, "nonsense" })
        {
            var response = await ApiResponse.SendAsync(
                Host.Http, HttpMethod.Get, $"{Path}?org_slug={Org.Slug}", key, body: null);
            Assert.Equal(["open"], response.Column("slug"));
        }
    }

    private Task<ApiResponse> GetAsync(string rest) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, Path + rest, key: null, body: null);
}
