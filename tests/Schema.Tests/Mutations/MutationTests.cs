using System.Text.Json.Nodes;

namespace Equaticket.Schema.Tests.Mutations;

public sealed class MutationTests : ApiTest
{
    private const string Input =
        """
        {
          title: "New", timezone: "Europe/Berlin", currency: "eur"
          startsAt: "2099-01-01T00:00:00+01:00"
        }
        """;

    [Theory]
    [InlineData($"mutation {{ a: createEvent(input: {Input}) {{ id }} b: createEvent(input: {Input}) {{ id }} }}")]
    [InlineData($"mutation {{ createEvent(input: {Input}) {{ id }} __typename }}")]
    [InlineData($"mutation {{ ...A ...B }} fragment A on Mutation {{ a: createEvent(input: {Input}) {{ id }} }} "
        + $"fragment B on Mutation {{ b: createEvent(input: {Input}) {{ id }} }}")]
    [InlineData($"mutation {{ createEvent(input: {Input}) {{ id }} ... {{ ... on Mutation {{ b: __typename }} }} }}")]
    public async Task A_mutation_has_exactly_one_root_field(string query)
    {
        (await Org.Test.AskAsync(query)).AssertRefused(400, "validation_error");
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_mutation_that_skips_its_field_does_nothing()
    {
        var data = await Org.Test.DataAsync(
            $"mutation {{ createEvent(input: {Input}) @skip(if: true) {{ id }} }}");
        Assert.Empty(data.AsObject());
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData("""publishEvent(id: "x") { id }""", "not_found")]
    [InlineData("""updateEvent(id: "x", input: {}) { id }""", "not_found")]
    [InlineData("""cancelEvent(id: "00000000-0000-0000-0000-000000000000") { id }""", "not_found")]
    [InlineData("""deleteTicketType(id: "x") { id }""", "not_found")]
    public async Task A_payload_is_never_null_so_that_an_error_leaves_no_data(string field, string code)
    {
        var answer = await Org.Test.AskAsync($"mutation {{ {field} }}");
        Assert.Equal((200, code), (answer.Status, answer.ErrorCode));
        Assert.True(answer.Json!.AsObject().TryGetPropertyValue("data", out var data));
        Assert.Null(data);
    }

    [Fact]
    public async Task A_query_that_finds_nothing_returns_null_and_the_other_fields()
    {
        var answer = await Org.Test.AskAsync("""{ event(id: "x") { id } viewer { mode } }""");
        Assert.Equal((200, "not_found"), (answer.Status, answer.ErrorCode));
        Assert.Null(answer.Json!["data"]!["event"]);
        Assert.Equal("TEST", answer.Json["data"]!["viewer"]!["mode"].Text());
        Assert.Equal("""["event"]""", answer.Json["errors"]![0]!["path"]!.ToJsonString());
    }

    [Fact]
    public async Task An_error_below_the_payload_rolls_the_effect_back()
    {
        var answer = await Org.Test.AskAsync(
            $$"""
            mutation {
              createEvent(input: {{Input}}) { id ticketTypes(after: "broken") { totalCount } }
            }
            """);
        Assert.Equal("validation_error", answer.ErrorCode);
        Assert.Null(answer.Json!["data"]);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_patch_keeps_what_is_absent_and_clears_what_is_null()
    {
        var body = Seed.EventBody("Before");
        (body["venue_name"], body["description"]) = ("Hall", "Text");
        var id = (await Org.Test.PostAsync("/api/v1/events", body)).Id;
        var changed = await UpdateAsync(id, new { title = "After", description = (string?)null });
        Assert.Equal("After", changed["title"].Text());
        Assert.Equal("Hall", changed["venueName"].Text());
        Assert.Null(changed["description"]);
        Assert.Equal(2, changed["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_leaves_the_version_and_the_time()
    {
        var id = await Org.Test.CreateEventAsync("Same");
        var first = await UpdateAsync(id, new { title = "Same" });
        var second = await UpdateAsync(id, new { });
        Assert.Equal(1, second["version"]!.GetValue<int>());
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_an_event_needs_cannot_be_cleared()
    {
        var id = await Org.Test.CreateEventAsync();
        foreach (var name in new[] { "title", "timezone", "startsAt", "currency", "slug" })
        {
            var answer = await Org.Test.AskAsync(
                Update, new { id, input = new Dictionary<string, object?> { [name] = null } });
            Assert.Equal(("validation_error", name), (answer.ErrorCode, answer.Param));
        }
    }

    [Fact]
    public async Task A_ticket_type_goes_through_its_lifecycle()
    {
        var id = await Org.Test.CreateEventAsync();
        var created = (await Org.Test.DataAsync(
            """
            mutation ($id: ID!) {
              createTicketType(eventId: $id, input: { name: "Seat", price: 2500, quantityTotal: 5 }) {
                id eventId status position quantityAvailable currency maxPerOrder
              }
            }
            """,
            new { id }))["createTicketType"]!;
        Assert.Equal((id, "SCHEDULED"), (created["eventId"].Text(), created["status"].Text()));
        Assert.Equal(5, created["quantityAvailable"]!.GetValue<int>());
        Assert.Equal(10, created["maxPerOrder"]!.GetValue<int>());
        var ticketTypeId = created["id"].Text();
        var deleted = await Org.Test.DataAsync(
            "mutation ($id: ID!) { deleteTicketType(id: $id) { id } }", new { id = ticketTypeId });
        Assert.Equal(ticketTypeId, deleted["deleteTicketType"]!["id"].Text());
        var gone = await Org.Test.AskAsync(
            "query ($id: ID!) { ticketType(id: $id) { id } }", new { id = ticketTypeId });
        Assert.Equal("not_found", gone.ErrorCode);
    }

    private const string Update =
        """
        mutation ($id: ID!, $input: UpdateEventInput!) {
          updateEvent(id: $id, input: $input) { title description venueName version updatedAt }
        }
        """;

    private async Task<JsonNode> UpdateAsync(string id, object input) =>
        (await Org.Test.DataAsync(Update, new { id, input }))["updateEvent"]!;

    private async Task<int> CountAsync() =>
        (await Org.Test.DataAsync("{ events { totalCount } }"))["events"]!["totalCount"]!
            .GetValue<int>();
}
