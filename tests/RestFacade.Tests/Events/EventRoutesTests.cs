using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.Events;

/// <summary>The complete response of each event route.</summary>
public sealed class EventRoutesTests : ApiTest
{
    private const string Path = "/api/v1/events";

    private static readonly object FullBody = new
    {
        title = "Spring Workshop",
        slug = "spring-workshop",
        description = "Bring a friend.",
        timezone = "America/Chicago",
        starts_at = "2099-09-15T18:00:00Z",
        ends_at = "2099-09-15T20:30:00+00:00",
        currency = "usd",
        venue_name = "Town Hall",
        venue_address = "1 Main Street, Chicago",
        metadata = new { room = "5", crm_id = "A-17" },
    };

    [Fact]
    public async Task POST_events_creates_a_draft() =>
        (await Org.Live.PostAsync(Path, FullBody)).MatchSnapshot();

    [Fact]
    public async Task GET_events_lists_newest_first()
    {
        await Org.Test.CreateEventAsync("First");
        await Org.Test.CreatePublishedEventAsync("Second");
        await Org.Test.PostAsync(Path, FullBody);
        (await Org.Test.GetAsync($"{Path}?limit=2")).MatchSnapshot();
    }

    [Fact]
    public async Task GET_event_shows_one()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        await Org.Live.CreateTicketTypeAsync(id, total: 40);
        (await Org.Live.GetAsync($"{Path}/{id}")).MatchSnapshot();
    }

    [Fact]
    public async Task PATCH_event_changes_only_the_given_fields()
    {
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        var response = await Org.Live.PatchAsync($"{Path}/{id}", new
        {
            title = "Summer Workshop",
            ends_at = (string?)null,
            metadata = new { room = (string?)null, floor = "2" },
        });
        response.MatchSnapshot();
    }

    [Fact]
    public async Task POST_publish_puts_the_event_on_sale()
    {
        var id = await Org.Live.CreateEventAsync();
        await Org.Live.CreateTicketTypeAsync(id);
        (await Org.Live.PostAsync($"{Path}/{id}/publish")).MatchSnapshot();
    }

    [Fact]
    public async Task POST_cancel_cancels_the_event()
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        (await Org.Live.PostAsync($"{Path}/{id}/cancel")).MatchSnapshot();
    }

    [Fact]
    public async Task GraphQL_reads_what_REST_created_changed_published_and_cancelled()
    {
        const string query = """
            query ($id: ID!) {
              event(id: $id) {
                id title slug description status timezone startsAt endsAt currency venueName
                venueAddress url ticketsSold capacity soldOut metadata publishedAt cancelledAt
                createdAt updatedAt livemode
              }
            }
            """;
        var id = (await Org.Live.PostAsync(Path, FullBody)).Id;
        await Org.Live.CreateTicketTypeAsync(id);
        ApiResponse[] steps =
        [
            await Org.Live.PatchAsync($"{Path}/{id}", new { title = "Changed" }),
            await Org.Live.PostAsync($"{Path}/{id}/publish"),
            await Org.Live.PostAsync($"{Path}/{id}/cancel"),
        ];
        Assert.Equal(["draft", "published", "cancelled"], steps.Select(step => step.Text("status")));

        var rest = await Org.Live.GetAsync($"{Path}/{id}");
        var graphQL = await Org.Live.GraphQLAsync(query, new { id });
        Assert.Equal(
            Normalize(rest.Json!.AsObject()),
            Normalize(graphQL.Json!["data"]!["event"]!.AsObject()));
        Assert.Equal(steps[2].Body, rest.Body);
    }

    /// <summary>
    /// The sorted members, without case and underscores in names, and with enum values in lower case.
    /// </summary>
    private static IEnumerable<string> Normalize(JsonObject resource) =>
        resource.Select(pair =>
                $"{pair.Key.Replace("_", "", StringComparison.Ordinal)}={pair.Value?.ToJsonString()}"
                    .ToLowerInvariant())
            .Order(StringComparer.Ordinal);
}
