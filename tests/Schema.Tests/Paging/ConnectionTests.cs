using System.Text.Json.Nodes;

namespace Equaticket.Schema.Tests.Paging;

public sealed class ConnectionTests : ApiTest
{
    private const string Page =
        """
        query ($first: Int, $after: String, $last: Int, $before: String) {
          events(first: $first, after: $after, last: $last, before: $before) {
            nodes { id }
            edges { cursor node { id } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
        """;

    private readonly List<string> _newestFirst = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        for (var number = 0; number < 7; number++)
            _newestFirst.Insert(0, await Org.Test.CreateEventAsync($"Event {number}"));
    }

    [Fact]
    public async Task Paging_forward_visits_every_row_once_newest_first()
    {
        var first = await PageAsync(new { first = 3 });
        Assert.Equal((true, false), Neighbours(first));
        var second = await PageAsync(new { first = 3, after = End(first) });
        Assert.Equal((true, true), Neighbours(second));
        var third = await PageAsync(new { first = 3, after = End(second) });
        Assert.Equal((false, true), Neighbours(third));
        Assert.Equal(_newestFirst, [.. Ids(first), .. Ids(second), .. Ids(third)]);
    }

    [Fact]
    public async Task Paging_backward_visits_every_row_once_and_keeps_the_order_within_a_page()
    {
        var last = await PageAsync(new { last = 4 });
        Assert.Equal((false, true), Neighbours(last));
        var before = await PageAsync(new { last = 4, before = Start(last) });
        Assert.Equal((true, false), Neighbours(before));
        Assert.Equal(_newestFirst, [.. Ids(before), .. Ids(last)]);
    }

    [Fact]
    public async Task Nodes_edges_and_page_info_agree()
    {
        var page = await PageAsync(new { first = 4 });
        var edges = page["edges"]!.AsArray();
        Assert.Equal(Ids(page), edges.Select(edge => edge!["node"]!["id"].Text()));
        Assert.Equal(Start(page), edges[0]!["cursor"].Text());
        Assert.Equal(End(page), edges[^1]!["cursor"].Text());
    }

    [Fact]
    public async Task A_full_last_page_has_no_next_one()
    {
        Assert.Equal((false, false), Neighbours(await PageAsync(new { first = 7 })));
        Assert.Equal((false, false), Neighbours(await PageAsync(new { last = 7 })));
    }

    [Fact]
    public async Task A_page_after_the_end_is_empty_and_has_no_cursors()
    {
        var oldest = End(await PageAsync(new { first = 7 }));
        var empty = await PageAsync(new { after = oldest });
        Assert.Empty(Ids(empty));
        Assert.Empty(empty["edges"]!.AsArray());
        Assert.Null(empty["pageInfo"]!["startCursor"]);
        Assert.Null(empty["pageInfo"]!["endCursor"]);
        Assert.Equal((false, true), Neighbours(empty));
    }

    [Theory]
    [InlineData("first: 2, last: 2", "last")]
    [InlineData("""first: 2, before: "x" """, "before")]
    [InlineData("""after: "x", last: 2""", "after")]
    [InlineData("""after: "x", before: "y" """, "after")]
    [InlineData("""after: "x" """, "after")]
    [InlineData("""last: 1, before: "eyJhIjoxfQ==" """, "before")]
    [InlineData("""after: "" """, "after")]
    [InlineData("""after: " " """, "after")]
    [InlineData("""last: 1, before: "" """, "before")]
    [InlineData("first: 0", "first")]
    [InlineData("first: 101", "first")]
    [InlineData("first: -1", "first")]
    [InlineData("last: 0", "last")]
    [InlineData("last: 101", "last")]
    public async Task Contradictory_arguments_invalid_cursors_and_wrong_sizes_are_refused_by_name(
        string arguments, string param)
    {
        var answer = await Org.Test.AskAsync($$"""{ events({{arguments}}) { nodes { id } } }""");
        Assert.Equal(("validation_error", param), (answer.ErrorCode, answer.Param));
        Assert.InRange(answer.Status, 200, 400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_size_out_of_range_is_refused_before_execution(int size)
    {
        foreach (var name in new[] { "first", "last" })
        {
            var answer = await Org.Test.AskAsync(
                $"query (${name}: Int) {{ events({name}: ${name}) {{ nodes {{ id }} }} }}",
                new Dictionary<string, int> { [name] = size });
            answer.AssertRefused(400, "validation_error");
            Assert.Equal(name, answer.Param);
        }
    }

    [Fact]
    public async Task Both_cursors_bound_a_page_in_either_direction()
    {
        var all = (await PageAsync(new { first = 7 }))["edges"]!.AsArray();
        var (after, before) = (all[0]!["cursor"].Text(), all[5]!["cursor"].Text());
        var between = _newestFirst[1..5];
        var start = await PageAsync(new { first = 3, after, before });
        Assert.Equal((true, true), Neighbours(start));
        Assert.Equal(between[..3], Ids(start));
        var end = await PageAsync(new { last = 3, after, before });
        Assert.Equal((true, true), Neighbours(end));
        Assert.Equal(between[1..], Ids(end));
        Assert.Equal(between, Ids(await PageAsync(new { after, before })));
        Assert.Equal(_newestFirst[..2], Ids(await PageAsync(new { first = 2, before })));
        Assert.Equal(_newestFirst[5..], Ids(await PageAsync(new { last = 2, after })));
    }

    [Fact]
    public async Task Both_cursors_bound_a_page_of_children()
    {
        var types = new List<string>();
        for (var number = 0; number < 4; number++)
            types.Insert(0, await Org.Test.CreateTicketTypeAsync(_newestFirst[0]));
        const string query =
            """
            query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
              event(id: $id) {
                ticketTypes(first: $first, after: $after, last: $last, before: $before) { edges { cursor node { id } } }
              }
            }
            """;
        var all = await EdgesAsync(new { id = _newestFirst[0] });
        Assert.Equal(types, all.Select(edge => edge.Id));
        var (id, after, before) = (_newestFirst[0], all[0].Cursor, all[3].Cursor);
        Assert.Equal([types[1]], (await EdgesAsync(new { id, first = 1, after, before })).Select(edge => edge.Id));
        Assert.Equal([types[2]], (await EdgesAsync(new { id, last = 1, after, before })).Select(edge => edge.Id));

        async Task<List<(string Id, string Cursor)>> EdgesAsync(object variables) =>
            [.. (await Org.Test.DataAsync(query, variables))["event"]!["ticketTypes"]!["edges"]!.AsArray()
                .Select(edge => (edge!["node"]!["id"].Text(), edge["cursor"].Text()))];
    }

    private async Task<JsonNode> PageAsync(object variables) =>
        (await Org.Test.DataAsync(Page, variables))["events"]!;

    private static (bool Next, bool Previous) Neighbours(JsonNode page) => (
        page["pageInfo"]!["hasNextPage"]!.GetValue<bool>(),
        page["pageInfo"]!["hasPreviousPage"]!.GetValue<bool>());

    private static string Start(JsonNode page) => page["pageInfo"]!["startCursor"].Text();

    private static string End(JsonNode page) => page["pageInfo"]!["endCursor"].Text();

    private static IEnumerable<string> Ids(JsonNode page) => page["nodes"].Texts("id");
}
