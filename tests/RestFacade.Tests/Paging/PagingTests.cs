namespace Equaticket.RestFacade.Tests.Paging;

/// <summary>
/// Fifty rows with the same timestamp are returned exactly once each, to every reader and during writes.
/// </summary>
public sealed class PagingTests : ApiTest
{
    private const string Events = "/api/v1/events";
    private const string Page = "{ nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
    private const string Arguments = "first: $first, after: $after, last: $last, before: $before";
    private const string Variables = "($first: Int, $after: String, $last: Int, $before: String)";
    private const string EventsQuery = $"query {Variables} {{ events({Arguments}) {Page} }}";

    [Fact]
    public async Task REST_lists_each_event_once()
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: true);
        AssertOnceEach(rows, await Pages.ReadRestAsync(Org.Live, Events));
        AssertOnceEach(rows, await Pages.ReadRestAsync(Org.Live, $"{Events}?status=published"));
        AssertOnceEach(
            rows, await Pages.ReadRestAsync(Org.Live, $"/api/v1/public/events?org_slug={Org.Slug}"));
        Assert.Empty(await Pages.ReadRestAsync(Org.Test, Events));
    }

    [Fact]
    public async Task REST_lists_each_ticket_type_once()
    {
        var id = await Org.Live.CreateEventAsync();
        var rows = await SameInstant.InsertTicketTypesAsync(Org, id);
        AssertOnceEach(rows, await Pages.ReadRestAsync(Org.Live, $"{Events}/{id}/ticket-types"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GraphQL_lists_each_event_once(bool backward)
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: false);
        var read = await Pages.ReadGraphQLAsync(
            Org.Test, EventsQuery, data => data["events"], backward);
        AssertOnceEach(rows, read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GraphQL_lists_each_ticket_type_of_an_event_once(bool backward)
    {
        var id = await Org.Live.CreateEventAsync();
        var rows = await SameInstant.InsertTicketTypesAsync(Org, id);
        var read = await Pages.ReadGraphQLAsync(
            Org.Live,
            $"query {Variables} {{ event(id: \"{id}\") {{ ticketTypes({Arguments}) {Page} }} }}",
            data => data["event"]!["ticketTypes"],
            backward);
        AssertOnceEach(rows, read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GraphQL_lists_each_public_event_once(bool backward)
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: true);
        var read = await Pages.ReadGraphQLAsync(
            Org.Live,
            $"query {Variables} {{ publicEvents(orgSlug: \"{Org.Slug}\", {Arguments}) {Page} }}",
            data => data["publicEvents"],
            backward);
        AssertOnceEach(rows, read);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("attendees")]
    public async Task REST_lists_each_order_and_attendee_once(string list)
    {
        var (id, rows) = await InsertAsync(list);
        var since = "updated_since=2024-01-01T00:00:00Z";
        foreach (var path in new[] { list, $"{list}?{since}", $"{list}?event_id={id}", $"events/{id}/{list}" })
            AssertOnceEach(rows, await Pages.ReadRestAsync(Org.Live, $"/api/v1/{path}"));
        Assert.Empty(await Pages.ReadRestAsync(Org.Test, $"/api/v1/{list}"));
    }

    [Theory]
    [InlineData("orders", false)]
    [InlineData("orders", true)]
    [InlineData("attendees", false)]
    [InlineData("attendees", true)]
    public async Task GraphQL_lists_each_order_and_attendee_once(string list, bool backward)
    {
        var (id, rows) = await InsertAsync(list);
        var filter = "filter: { updatedSince: \"2024-01-01T00:00:00Z\" }";
        foreach (var field in new[] { $"{list}({Arguments})", $"{list}({filter}, {Arguments})" })
        {
            AssertOnceEach(rows, await Pages.ReadGraphQLAsync(
                Org.Live, $"query {Variables} {{ {field} {Page} }}", data => data[list], backward));
        }

        var ofEvent = $"query {Variables} {{ event(id: \"{id}\") {{ {list}({Arguments}) {Page} }} }}";
        AssertOnceEach(rows, await Pages.ReadGraphQLAsync(
            Org.Live, ofEvent, data => data["event"]![list], backward));
    }

    [Fact]
    public async Task Orders_placed_while_paging_do_not_affect_REST()
    {
        var (id, rows) = await InsertAsync("orders");
        var typeId = await Org.Live.CreateTicketTypeAsync(id, price: 0, total: null);
        var read = await WhileAddingAsync(
            () => Pages.ReadRestAsync(Org.Live, "/api/v1/orders"),
            () => Host.SellAsync(Org.Live, id, typeId));
        AssertOnceEach(rows, read);
    }

    [Fact]
    public async Task Rows_added_while_paging_do_not_affect_REST()
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: true);
        var read = await WhileAddingAsync(() => Pages.ReadRestAsync(Org.Live, Events), AddEventAsync);
        AssertOnceEach(rows, read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_added_while_paging_do_not_affect_GraphQL(bool backward)
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: true);
        var read = await WhileAddingAsync(
            () => Pages.ReadGraphQLAsync(
                Org.Live, EventsQuery, data => data["events"], backward),
            AddEventAsync);
        AssertOnceEach(rows, read);
    }

    [Fact]
    public async Task Rows_with_the_same_timestamp_added_between_pages_affect_nothing()
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: true);
        var first = (await Org.Live.GetAsync($"{Events}?limit={Pages.Limit}")).Json!;
        await SameInstant.InsertEventsAsync(Org, livemode: true, slug: "later");
        var rest = await Org.Live.GetAsync($"{Events}?limit=100&cursor={(string)first["next_cursor"]!}");
        AssertOnceEach(
            rows,
            first["data"]!.AsArray().Concat(rest.Json!["data"]!.AsArray())
                .Select(row => Guid.Parse((string)row!["id"]!)).ToList());
    }

    private async Task<(string EventId, IReadOnlyList<Guid> Rows)> InsertAsync(string list)
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        return (id, list == "orders"
            ? await SameInstant.InsertOrdersAsync(Org, id)
            : await SameInstant.InsertAttendeesAsync(Org, id));
    }

    private Task AddEventAsync() => Org.Live.CreateEventAsync("Newer");

    /// <summary>Reads while two writers add rows through the API, faster than pages are read.</summary>
    private static async Task<List<Guid>> WhileAddingAsync(
        Func<Task<List<Guid>>> read, Func<Task> add)
    {
        await add();
        var done = false;
        var writers = Enumerable.Range(0, 2).Select(async _ =>
        {
            var added = 0;
            for (; !Volatile.Read(ref done) && added < 300; added++)
                await add();
            return added;
        }).ToList();
        var ids = await read();
        Volatile.Write(ref done, true);
        Assert.True((await Task.WhenAll(writers)).Sum() > 0);
        return ids;
    }

    private static void AssertOnceEach(IReadOnlyList<Guid> rows, IReadOnlyList<Guid> read)
    {
        Assert.Equal(SameInstant.Count, rows.Count);
        Assert.Distinct(read);
        Assert.Equal(rows.Order(), read.Where(rows.Contains).Order());
    }
}
