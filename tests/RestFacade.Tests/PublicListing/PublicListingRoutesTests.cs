namespace Equaticket.RestFacade.Tests.PublicListing;

/// <summary>The complete response of each public route, without a key.</summary>
public sealed class PublicListingRoutesTests : ApiTest
{
    private const string Path = "/api/v1/public/events";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Org.Live.CreatePublishedEventAsync("First");
        var id = await Org.Live.CreateEventAsync("Second");
        foreach (var (name, price, position) in new[] { ("Late", 900, 2), ("Early", 0, 1) })
        {
            await Org.Live.PostAsync(
                $"/api/v1/events/{id}/ticket-types",
                new { name, price, position, quantity_total = 10, currency = "usd" });
        }

        await Org.Live.PostAsync($"/api/v1/events/{id}/publish");
    }

    [Fact]
    public async Task GET_public_events_lists_newest_first() =>
        (await GetAsync($"{Path}?org_slug={Org.Slug}&limit=1")).MatchSnapshot();

    [Fact]
    public async Task GET_public_event_shows_one_with_its_ticket_types_in_order() =>
        (await GetAsync($"{Path}/second?org_slug={Org.Slug}")).MatchSnapshot();

    [Fact]
    public async Task GraphQL_lists_the_same_without_a_key()
    {
        var response = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Post, "/graphql", key: null, new
            {
                query = """
                    query ($org: String!) {
                      publicEvents(orgSlug: $org) {
                        totalCount
                        nodes { slug status soldOut ticketTypes { name price status } }
                      }
                    }
                    """,
                variables = new { org = Org.Slug },
            });
        response.MatchSnapshot();
    }

    private Task<ApiResponse> GetAsync(string path) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key: null, body: null);
}
