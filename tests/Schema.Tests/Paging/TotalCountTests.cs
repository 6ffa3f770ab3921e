namespace Equaticket.Schema.Tests.Paging;

public sealed class TotalCountTests : ApiTest
{
    [Fact]
    public async Task The_whole_list_is_counted_on_every_page()
    {
        for (var number = 0; number < 4; number++)
            await Org.Test.CreateEventAsync();
        await Org.Live.CreateEventAsync();
        await Org.Test.CreatePublishedEventAsync();
        var data = await Org.Test.DataAsync(
            """
            {
              all: events(first: 2) { totalCount }
              drafts: events(last: 1, filter: { status: DRAFT }) { totalCount }
              none: events(filter: { slug: "no-such" }) { totalCount }
            }
            """);
        Assert.Equal(5, data["all"]!["totalCount"]!.GetValue<int>());
        Assert.Equal(4, data["drafts"]!["totalCount"]!.GetValue<int>());
        Assert.Equal(0, data["none"]!["totalCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Counting_takes_a_statement_only_if_requested()
    {
        await Org.Test.CreateEventAsync();
        var without = await Statements.OfAsync(Org.Test, "{ events { nodes { id } } }");
        var with = await Statements.OfAsync(Org.Test, "{ events { totalCount nodes { id } } }");
        Assert.Equal(without + 1, with);
    }

    [Fact]
    public async Task Ticket_types_are_counted_and_paged_for_each_event()
    {
        var plain = await Org.Test.CreateEventAsync("Plain");
        var rich = await Org.Test.CreateEventAsync("Rich");
        for (var number = 0; number < 3; number++)
            await Org.Test.CreateTicketTypeAsync(rich);
        var data = await Org.Test.DataAsync(
            """
            query ($ids: [ID!]!) {
              nodes(ids: $ids) {
                ... on Event {
                  ticketTypes(first: 2) { totalCount nodes { eventId } pageInfo { hasNextPage } }
                }
              }
            }
            """,
            new { ids = new[] { plain, rich } });
        var (none, three) =
            (data["nodes"]![0]!["ticketTypes"]!, data["nodes"]![1]!["ticketTypes"]!);
        Assert.Equal(0, none["totalCount"]!.GetValue<int>());
        Assert.Empty(none["nodes"]!.AsArray());
        Assert.Equal(3, three["totalCount"]!.GetValue<int>());
        Assert.Equal([rich, rich], three["nodes"].Texts("eventId"));
        Assert.True(three["pageInfo"]!["hasNextPage"]!.GetValue<bool>());
    }
}
