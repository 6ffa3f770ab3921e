using System.Text.Json.Nodes;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.Nodes;

public sealed class NodeTests : ApiTest
{
    private const string One =
        "query ($id: ID!) { node(id: $id) { __typename id ... on Event { title } } }";

    private const string Many =
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

    [Fact]
    public async Task Every_resource_is_found_by_its_rest_id()
    {
        var id = await Org.Test.CreateEventAsync("Found");
        var ticketTypeId = await Org.Test.CreateTicketTypeAsync(id);
        var node = (await Org.Test.DataAsync(One, new { id }))["node"]!;
        Assert.Equal(
            ("Event", id, "Found"),
            (node["__typename"].Text(), node["id"].Text(), node["title"].Text()));
        node = (await Org.Test.DataAsync(One, new { id = ticketTypeId }))["node"]!;
        Assert.Equal(("TicketType", ticketTypeId), (node["__typename"].Text(), node["id"].Text()));
    }

    [Fact]
    public async Task An_order_and_its_attendees_are_found_by_their_rest_ids()
    {
        var id = await Org.Test.CreatePublishedEventAsync();
        var sale = await Host.SellAsync(Org.Test, id, await Org.Test.CreateTicketTypeAsync(id));
        string[] ids = [sale.OrderId, sale.AttendeeId];
        var nodes = (await Org.Test.DataAsync(Many, new { ids }))["nodes"];
        Assert.Equal(["Order", "Attendee"], nodes.Texts("__typename"));
        Assert.Equal(ids, nodes.Texts("id"));
    }

    [Theory]
    [InlineData(Role.Admin, 6)]
    [InlineData(Role.EventManager, 4)]
    [InlineData(Role.CheckInOnly, 2)]
    public async Task A_session_finds_what_its_role_may_read(Role role, int count)
    {
        var eventId = await Org.Live.CreatePublishedEventAsync();
        var typeId = await Org.Live.CreateTicketTypeAsync(eventId, price: 0);
        var sale = await Host.SellAsync(Org.Live, eventId, typeId);
        var webhook = await Org.Live.PostAsync(
            "/api/v1/webhooks", new { url = "https://example.com", events = new[] { "order.created" } });
        string[] ids = [eventId, typeId, sale.OrderId, sale.AttendeeId, webhook.Id, $"{Org.Live.KeyId}"];
        var session = await Org.SignInAsync(role);
        var answer = await session.GraphQLAsync(Many, new { ids });
        var nodes = answer.Json!["data"]!["nodes"]!.AsArray();
        Assert.Equal(ids[..count], nodes.OfType<JsonNode>().Select(node => node["id"].Text()));
        Assert.All(
            answer.Json["errors"]?.AsArray() ?? [],
            error => Assert.Equal("forbidden", error!["extensions"]!["code"].Text()));
    }

    [Fact]
    public async Task A_key_is_found_only_by_sessions_of_its_organization()
    {
        var other = await Host.CreateOrganizationAsync();
        var admin = await other.SignInAsync(Role.Admin);
        var id = Org.Test.KeyId;
        Assert.Equal("not_found", (await admin.GraphQLAsync(One, new { id })).ErrorCode);
        Assert.Equal("forbidden", (await Org.Test.AskAsync(One, new { id })).ErrorCode);
    }

    [Fact]
    public async Task An_id_of_another_organization_or_mode_is_not_found()
    {
        var other = await Host.CreateOrganizationAsync();
        foreach (var stranger in new[] { other.Test, other.Live, Org.Live })
        {
            var id = await stranger.CreateEventAsync();
            await AssertNotFoundAsync(id);
            await AssertNotFoundAsync(await stranger.CreateTicketTypeAsync(id));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{0199d0f0-0000-7000-8000-000000000001}")]
    [InlineData("0199d0f000007000800000000000000001")]
    public Task A_malformed_or_unknown_id_is_not_found(string id) => AssertNotFoundAsync(id);

    [Fact]
    public async Task A_number_is_an_unknown_id()
    {
        var literal = await Org.Test.AskAsync("{ node(id: 5) { id } }");
        Assert.Equal((200, "not_found"), (literal.Status, literal.ErrorCode));
        int[] ids = [1, 2];
        var variable = await Org.Test.AskAsync(Many, new { ids });
        Assert.Equal((200, "not_found"), (variable.Status, variable.ErrorCode));
    }

    [Fact]
    public async Task A_type_whose_scope_the_key_lacks_is_forbidden_for_that_entry()
    {
        var id = await Org.Test.CreateEventAsync();
        var key = await Org.CreateKeyAsync(livemode: false, Scope.OrdersRead);
        var answer = await key.AskAsync(Many, new { ids = new[] { id, "x" } });
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            [(0, "forbidden"), (1, "not_found")],
            answer.Json!["errors"]!.AsArray().Select(error => (
                error!["path"]![1]!.GetValue<int>(), error["extensions"]!["code"].Text())));
        Assert.Equal([null, null], answer.Json["data"]!["nodes"]!.AsArray());
    }

    [Fact]
    public async Task Entries_keep_their_order_and_a_missing_one_is_null_with_its_own_error()
    {
        var id = await Org.Test.CreateEventAsync();
        var ticketTypeId = await Org.Test.CreateTicketTypeAsync(id);
        var answer = await Org.Test.AskAsync(
            Many, new { ids = new[] { ticketTypeId, Guid.Empty.ToString(), id, ticketTypeId } });
        var nodes = answer.Json!["data"]!["nodes"]!.AsArray();
        Assert.Equal(
            [ticketTypeId, null, id, ticketTypeId], nodes.Select(node => node?["id"].Text()));
        var error = Assert.Single(answer.Json["errors"]!.AsArray())!;
        Assert.Equal("""["nodes",1]""", error["path"]!.ToJsonString());
        Assert.Equal("not_found", error["extensions"]!["code"].Text());
    }

    [Fact]
    public async Task At_most_100_ids_are_accepted()
    {
        var ids = Enumerable.Repeat(Guid.Empty.ToString(), 101);
        var answer = await Org.Test.AskAsync(Many, new { ids });
        Assert.Equal(("validation_error", "ids"), (answer.ErrorCode, answer.Param));
    }

    private async Task AssertNotFoundAsync(string id)
    {
        var answer = await Org.Test.AskAsync(One, new { id });
        Assert.Equal((200, "not_found"), (answer.Status, answer.ErrorCode));
        Assert.Null(answer.Json!["data"]!["node"]);
    }
}
