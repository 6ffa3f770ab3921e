namespace Equaticket.Schema.Tests.PublicListing;

public sealed class PublicListingTests : ApiTest
{
    private const string List =
        """
        query ($org: String!, $filter: PublicEventFilter) {
          publicEvents(orgSlug: $org, filter: $filter) {
            totalCount
            nodes { id title orgSlug status ticketTypes { id name position status } }
          }
        }
        """;

    private const string One =
        """
        query ($org: String!, $slug: String!) {
          publicEvent(orgSlug: $org, slug: $slug) { id slug orgSlug url soldOut }
        }
        """;

    [Fact]
    public async Task Only_published_live_events_of_the_organization_are_listed()
    {
        var other = await Host.CreateOrganizationAsync();
        await other.Live.CreatePublishedEventAsync("Somebody else's");
        await Org.Test.CreatePublishedEventAsync("Of the test mode");
        await Org.Live.CreateEventAsync("A draft");
        var cancelled = await Org.Live.CreatePublishedEventAsync("Cancelled");
        await Org.Live.PostAsync($"/api/v1/events/{cancelled}/cancel");
        var id = await Org.Live.CreatePublishedEventAsync("On sale");

        var events = (await Host.AskAsync(List, new { org = Org.Slug })).Data()["publicEvents"]!;
        Assert.Equal(1, events["totalCount"]!.GetValue<int>());
        var only = Assert.Single(events["nodes"]!.AsArray())!;
        Assert.Equal((id, Org.Slug), (only["id"].Text(), only["orgSlug"].Text()));
        Assert.Equal("PUBLISHED", only["status"].Text());
        Assert.Equal("ON_SALE", only["ticketTypes"]![0]!["status"].Text());
    }

    [Fact]
    public async Task Ticket_types_are_in_the_organizers_order()
    {
        var id = await Org.Live.CreateEventAsync();
        foreach (var (name, position) in new[] { ("Last", 9), ("First", 0), ("Middle", 4) })
        {
            var body = Seed.TicketTypeBody();
            (body["name"], body["position"]) = (name, position);
            await Org.Live.PostAsync($"/api/v1/events/{id}/ticket-types", body);
        }

        await Org.Live.PostAsync($"/api/v1/events/{id}/publish");
        var events = (await Host.AskAsync(List, new { org = Org.Slug })).Data()["publicEvents"]!;
        Assert.Equal(
            ["First", "Middle", "Last"], events["nodes"]![0]!["ticketTypes"].Texts("name"));
    }

    [Fact]
    public async Task An_event_that_lost_its_ticket_types_is_listed_without_any()
    {
        var id = await Org.Live.CreateEventAsync();
        var ticketTypeId = await Org.Live.CreateTicketTypeAsync(id);
        await Org.Live.PostAsync($"/api/v1/events/{id}/publish");
        var deleted = await Org.Live.DeleteAsync($"/api/v1/events/{id}/ticket-types/{ticketTypeId}");
        Assert.Equal(204, deleted.Status);
        var events = (await Host.AskAsync(List, new { org = Org.Slug })).Data()["publicEvents"]!;
        Assert.Empty(events["nodes"]![0]!["ticketTypes"]!.AsArray());
    }

    [Fact]
    public async Task Past_events_are_listed_and_filters_limit_the_start()
    {
        foreach (var year in new[] { 2019, 2098, 2099 })
        {
            var body = Seed.EventBody($"In {year}");
            body["starts_at"] = $"{year}-06-01T12:00:00Z";
            var id = (await Org.Live.PostAsync("/api/v1/events", body)).Id;
            await Org.Live.CreateTicketTypeAsync(id);
            await Org.Live.PostAsync($"/api/v1/events/{id}/publish");
        }

        Assert.Equal(["In 2099", "In 2098", "In 2019"], await TitlesAsync(new { }));
        Assert.Equal(
            ["In 2098"],
            await TitlesAsync(new
            {
                startsAfter = "2098-06-01T12:00:00Z",
                startsBefore = "2099-06-01T12:00:00Z",
            }));
    }

    [Fact]
    public async Task An_event_is_found_by_its_slug_without_a_key_and_with_another_organizations_key()
    {
        var other = await Host.CreateOrganizationAsync();
        var id = await Org.Live.CreatePublishedEventAsync("Harbour Night");
        var variables = new { org = Org.Slug, slug = "harbour-night" };
        foreach (var answer in new[]
        {
            await Host.AskAsync(One, variables), await other.Test.AskAsync(One, variables),
        })
        {
            var found = answer.Data()["publicEvent"]!;
            Assert.Equal(id, found["id"].Text());
            Assert.EndsWith(
                $"/e/{Org.Slug}/harbour-night", found["url"].Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Events_that_are_not_public_are_not_found()
    {
        await Org.Live.CreateEventAsync("Draft");
        await Org.Test.CreatePublishedEventAsync("Tested");
        foreach (var slug in new[] { "draft", "tested", "nothing" })
        {
            var answer = await Host.AskAsync(One, new { org = Org.Slug, slug });
            Assert.Equal((200, "not_found"), (answer.Status, answer.ErrorCode));
            Assert.Null(answer.Json!["data"]!["publicEvent"]);
        }

        Assert.Equal("not_found", (await Host.AskAsync(List, new { org = "nobody" })).ErrorCode);
    }

    private async Task<IEnumerable<string>> TitlesAsync(object filter) =>
        (await Host.AskAsync(List, new { org = Org.Slug, filter })).Data()
            ["publicEvents"]!["nodes"].Texts("title");
}
