namespace Equaticket.RestFacade.Tests.Events;

public sealed class FilteringEventsTests : ApiTest
{
    private const string Path = "/api/v1/events";

    [Fact]
    public async Task Status_and_slug_must_both_match()
    {
        await Org.Live.CreateEventAsync("Draft");
        await Org.Live.CreatePublishedEventAsync("Published");
        var cancelled = await Org.Live.CreateEventAsync("Cancelled");
        await Org.Live.PostAsync($"{Path}/{cancelled}/cancel");
        foreach (var status in new[] { "draft", "published", "cancelled" })
            Assert.Equal([status], await SlugsAsync($"status={status}"));
        Assert.Equal(["draft"], await SlugsAsync("slug=draft"));
        Assert.Equal(["draft"], await SlugsAsync("slug=draft&status=draft"));
        Assert.Empty(await SlugsAsync("slug=draft&status=published"));
        Assert.Empty(await SlugsAsync("slug=Dr%C3%A4ft"));
    }

    [Theory]
    [InlineData("starts", "starts_at")]
    [InlineData("created", "created_at")]
    public async Task After_is_inclusive_and_before_exclusive(string filter, string column)
    {
        await CreateThreeAsync(column);
        Assert.Equal(["third", "second"], await SlugsAsync($"{filter}_after=2099-01-02T00:00:00.000002Z"));
        Assert.Equal(["third"], await SlugsAsync($"{filter}_after=2099-01-02T00:00:00.000003Z"));
        Assert.Equal(["first"], await SlugsAsync($"{filter}_before=2099-01-02T00:00:00.000002Z"));
        Assert.Equal(
            ["second"],
            await SlugsAsync(
                $"{filter}_after=2099-01-02T00:00:00.000002Z&{filter}_before=2099-01-03T00:00:00Z"));
        Assert.Equal(["second", "first"], await SlugsAsync(
            $"{filter}_before=2099-01-02T01:00:00.000003%2B01:00"));
    }

    [Fact]
    public async Task Updated_since_is_inclusive()
    {
        await CreateThreeAsync("updated_at");
        Assert.Equal(
            ["third", "second"], await SlugsAsync("updated_since=2099-01-02T00:00:00.000002Z"));
        Assert.Equal(["third"], await SlugsAsync("updated_since=2099-01-02T00:00:00.000003Z"));
    }

    [Theory]
    [InlineData("status=open", "status", "draft, published, cancelled")]
    [InlineData("status=DRAFT", "status", "draft, published, cancelled")]
    [InlineData("status=", "status", "")]
    [InlineData("slug=%20", "slug", "")]
    [InlineData("slug=a%00", "slug", "")]
    [InlineData("starts_after=2099-01-01", "starts_after", "offset")]
    [InlineData("starts_before=2099-01-01T00:00:00", "starts_before", "offset")]
    [InlineData("created_after=2099-01-01T00:00:00+01:00", "created_after", "offset")]
    [InlineData("updated_since=now", "updated_since", "")]
    [InlineData("Status=draft", "Status", "")]
    [InlineData("state=draft", "state", "")]
    [InlineData("status=draft&status=draft", "status", "once")]
    public async Task A_filter_that_cannot_be_read_is_refused(string query, string param, string saying) =>
        (await Org.Live.GetAsync($"{Path}?{query}")).AssertRefused("validation_error", param, saying);

    [Fact]
    public async Task A_filter_that_repeats_another_in_a_different_case_is_refused()
    {
        foreach (var query in new[] { "slug=a&SLUG=b", "SLUG=b&slug=a" })
        {
            var response = await Org.Live.GetAsync($"{Path}?{query}");
            Assert.Equal((400, "slug"), (response.Status, response.Param?.ToLowerInvariant()));
        }
    }

    [Fact]
    public async Task A_route_without_filters_refuses_every_query_parameter()
    {
        var id = await Org.Live.CreateEventAsync();
        foreach (var (method, path) in new[]
        {
            ("GET", $"{Path}/{id}"), ("PATCH", $"{Path}/{id}"), ("POST", $"{Path}/{id}/publish"),
            ("POST", $"{Path}/{id}/cancel"), ("DELETE", $"{Path}/{id}/ticket-types/{id}"),
        })
        {
            (await Org.Live.SendAsync(new HttpMethod(method), $"{path}?id={id}"))
                .AssertRefused("validation_error", "id");
        }
    }

    private async Task CreateThreeAsync(string column)
    {
        foreach (var (title, number) in new[] { ("First", 1), ("Second", 2), ("Third", 3) })
        {
            var id = await Org.Live.CreateEventAsync(title);
            await Host.ExecuteSqlAsync(
                $"UPDATE events SET {column} = '2099-01-0{number}T00:00:00.00000{number}Z' WHERE id = $1",
                Guid.Parse(id));
        }
    }

    private async Task<IReadOnlyList<string?>> SlugsAsync(string query) =>
        (await Org.Live.GetAsync($"{Path}?{query}")).Column("slug");
}
