namespace Equaticket.Schema.Tests.Paging;

/// <summary>No N+1 queries: the number of statements doesn't depend on how many rows a query returns.</summary>
public sealed class StatementCountTests : ApiTest
{
    private const string TicketTypes =
        "{ totalCount nodes { id name status } pageInfo { endCursor } }";

    [Fact]
    public async Task Events_with_their_ticket_types_take_as_many_statements_for_25_as_for_one()
    {
        const string query =
            $"{{ events {{ totalCount nodes {{ id soldOut ticketTypes(first: 2) {TicketTypes} }} }} }}";
        await FillAsync(Org.Test, 1);
        var one = await Statements.OfAsync(Org.Test, query);
        await FillAsync(Org.Test, 24);
        Assert.Equal(one, await Statements.OfAsync(Org.Test, query));
        Assert.InRange(one, 2, 5);
    }

    [Fact]
    public async Task Public_events_take_as_many_statements_for_25_as_for_one()
    {
        const string query =
            """
            query ($org: String!) {
              publicEvents(orgSlug: $org) { nodes { id soldOut ticketTypes { id status } } }
            }
            """;
        await FillAsync(Org.Live, 1);
        var one = await Statements.OfAsync(Org.Live, query, new { org = Org.Slug });
        await FillAsync(Org.Live, 24);
        Assert.Equal(one, await Statements.OfAsync(Org.Live, query, new { org = Org.Slug }));
        Assert.InRange(one, 2, 4);
    }

    [Fact]
    public async Task Nodes_take_as_many_statements_for_50_ids_as_for_two()
    {
        const string query =
            $$"""
            query ($ids: [ID!]!) {
              nodes(ids: $ids) {
                id
                ... on Event { title ticketTypes {{TicketTypes}} }
                ... on TicketType { name status }
              }
            }
            """;
        var ids = await FillAsync(Org.Test, 1);
        var two = await Statements.OfAsync(Org.Test, query, new { ids });
        ids.AddRange(await FillAsync(Org.Test, 24));
        Assert.Equal(50, ids.Count);
        Assert.Equal(two, await Statements.OfAsync(Org.Test, query, new { ids }));
    }

    private static async Task<List<string>> FillAsync(ApiClient client, int count)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var id = await client.CreateEventAsync();
            ids.AddRange([id, await client.CreateTicketTypeAsync(id)]);
            await client.PostAsync($"/api/v1/events/{id}/publish");
        }

        return ids;
    }
}
