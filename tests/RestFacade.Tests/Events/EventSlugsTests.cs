namespace Equaticket.RestFacade.Tests.Events;

public sealed class EventSlugsTests : ApiTest
{
    private const string Path = "/api/v1/events";

    [Theory]
    [InlineData("Spring Workshop 2026", "spring-workshop-2026")]
    [InlineData("  Ça & là: l'Été!  ", "ca-la-l-ete")]
    [InlineData("Größe — Übung", "grosse-ubung")]
    [InlineData("Концерт", "kontsert")]
    [InlineData("北京", "beijing")]
    [InlineData("!?", "event")]
    public async Task The_slug_is_derived_from_the_title_in_ASCII(string title, string slug) =>
        Assert.Equal(slug, (await CreateAsync(title)).AssertStatus(201).Text("slug"));

    [Fact]
    public async Task A_second_title_gets_2_and_a_third_3()
    {
        Assert.Equal("open-day", (await CreateAsync("Open Day")).Text("slug"));
        Assert.Equal("open-day-2", (await CreateAsync("Open day")).Text("slug"));
        Assert.Equal("open-day-3", (await CreateAsync("OPEN DAY!")).Text("slug"));
    }

    [Fact]
    public async Task A_long_title_leaves_room_for_the_number()
    {
        var title = new string('a', 200);
        Assert.Equal(new string('a', 100), (await CreateAsync(title)).Text("slug"));
        var second = (await CreateAsync(title)).AssertStatus(201).Text("slug")!;
        Assert.EndsWith("a-2", second, StringComparison.Ordinal);
        Assert.InRange(second.Length, 4, 100);
    }

    [Fact]
    public async Task Equal_titles_created_concurrently_all_get_a_unique_slug()
    {
        var twins = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CreateAsync("Twin")));
        Assert.Distinct(twins.Select(twin => twin.AssertStatus(201).Text("slug")));
    }

    [Fact]
    public async Task A_taken_slug_is_a_conflict_on_create_and_on_update()
    {
        await CreateAsync("Other", slug: "taken");
        (await CreateAsync("Mine", slug: "taken")).AssertRefused("conflict", "slug");
        var id = (await CreateAsync("Mine", slug: "mine")).AssertStatus(201).Id;
        (await Org.Live.PatchAsync($"{Path}/{id}", new { slug = "taken" }))
            .AssertRefused("conflict", "slug");
        Assert.Equal("mine", (await Org.Live.GetAsync($"{Path}/{id}")).Text("slug"));
        (await Org.Live.PatchAsync($"{Path}/{id}", new { slug = "mine" })).AssertStatus(200);
    }

    [Fact]
    public async Task A_slug_is_unique_within_its_organization_and_mode()
    {
        var other = await Host.CreateOrganizationAsync();
        var body = Seed.EventBody();
        body["slug"] = "shared";
        foreach (var client in new[] { Org.Live, Org.Test, other.Live, other.Test })
            (await client.PostAsync(Path, body)).AssertStatus(201);
    }

    private Task<ApiResponse> CreateAsync(string title, string? slug = null)
    {
        var body = Seed.EventBody(title);
        if (slug is not null)
            body["slug"] = slug;
        return Org.Live.PostAsync(Path, body);
    }
}
