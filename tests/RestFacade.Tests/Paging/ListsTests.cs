using System.Text;
using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.Paging;

public sealed class ListsTests : ApiTest
{
    private const string Path = "/api/v1/events";

    [Fact]
    public async Task An_empty_list_has_the_whole_envelope()
    {
        var list = await Org.Test.GetAsync(Path);
        Assert.Equal(
            """{"livemode":false,"data":[],"has_more":false,"next_cursor":null}""", list.Body);
    }

    [Fact]
    public async Task The_limit_defaults_to_25_and_is_at_most_100()
    {
        await SameInstant.InsertEventsAsync(Org, livemode: true);
        await SameInstant.InsertEventsAsync(Org, livemode: true, "more");
        await SameInstant.InsertEventsAsync(Org, livemode: true, "most");
        Assert.Equal(25, (await Org.Live.GetAsync(Path)).Column("id").Count);
        Assert.Single((await Org.Live.GetAsync($"{Path}?limit=1")).Column("id"));
        Assert.Equal(100, (await Org.Live.GetAsync($"{Path}?limit=100")).Column("id").Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    [InlineData("5.0")]
    [InlineData("1e1")]
    [InlineData("%2B5")]
    [InlineData("+5")]
    [InlineData("5%20")]
    [InlineData("5%00")]
    [InlineData("five")]
    [InlineData("")]
    [InlineData("1&limit=2")]
    public async Task A_limit_outside_1_to_100_is_refused(string limit)
    {
        var id = await Org.Live.CreateEventAsync();
        foreach (var path in new[] { Path, $"{Path}/{id}/ticket-types" })
            (await Org.Live.GetAsync($"{path}?limit={limit}")).AssertRefused("validation_error", "limit");
    }

    [Fact]
    public async Task The_cursor_is_base64_of_JSON_with_microseconds_and_the_same_in_GraphQL()
    {
        var rows = await SameInstant.InsertEventsAsync(Org, livemode: true);
        var cursor = (string)(await Org.Live.GetAsync($"{Path}?limit=3")).Json!["next_cursor"]!;
        var json = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(cursor)))!.AsObject();
        Assert.Equal(["created_at", "id"], json.Select(pair => pair.Key));
        Assert.Equal("2024-05-06T07:08:09.123456Z", (string?)json["created_at"]);
        Assert.Contains(Guid.Parse((string)json["id"]!), rows);

        var graphQL = await Org.Live.GraphQLAsync("{ events(first: 3) { pageInfo { endCursor } } }");
        Assert.Equal(cursor, (string?)graphQL.Json!["data"]!["events"]!["pageInfo"]!["endCursor"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("{}")]
    [InlineData("e30=")]
    [InlineData("bnVsbA==")]
    [InlineData("W10=")]
    public async Task An_invalid_cursor_is_refused(string cursor)
    {
        var id = await Org.Live.CreateEventAsync();
        foreach (var path in new[] { Path, $"{Path}/{id}/ticket-types" })
            (await Org.Live.GetAsync($"{path}?cursor={cursor}")).AssertRefused("validation_error", "cursor");
    }

    [Theory]
    [InlineData("""{"created_at": "2024-05-06T07:08:09.123456Z"}""")]
    [InlineData("""{"created_at": "2024-05-06T07:08:09.123456", "id": "018f0000-0000-7000-8000-000000000000"}""")]
    [InlineData("""{"created_at": "2024-05-06T07:08:09.123456Z", "id": "nonsense"}""")]
    [InlineData("""{"created_at": 5, "id": "018f0000-0000-7000-8000-000000000000"}""")]
    [InlineData("""{"created_at": "2024-05-06T07:08:09Z", "id": "018f0000-0000-7000-8000-000000000000", "x": 1}""")]
    [InlineData("""{"created_at": "2024-05-06T07:08:09Z", "id": "018f0000-0000-7000-8000-00000000000\u0000"}""")]
    [InlineData("""{"created_at": "\ud800", "id": "018f0000-0000-7000-8000-000000000000"}""")]
    public async Task A_cursor_that_was_tampered_with_is_refused(string json)
    {
        var cursor = Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(json)));
        (await Org.Live.GetAsync($"{Path}?cursor={cursor}")).AssertRefused("validation_error", "cursor");
    }

    [Fact]
    public async Task A_cursor_of_another_organization_shows_none_of_its_rows()
    {
        var other = await Host.CreateOrganizationAsync();
        await SameInstant.InsertEventsAsync(other, livemode: true);
        var cursor = (string)(await other.Live.GetAsync($"{Path}?limit=1")).Json!["next_cursor"]!;
        Assert.Empty((await Org.Live.GetAsync($"{Path}?cursor={cursor}")).Column("id"));
    }

    [Fact]
    public async Task The_newest_comes_first()
    {
        foreach (var title in new[] { "One", "Two", "Three" })
            await Org.Live.CreateEventAsync(title);
        Assert.Equal(["three", "two", "one"], (await Org.Live.GetAsync(Path)).Column("slug"));
    }
}
