using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Schema.Tests.Access;

public sealed class ScopeTests : ApiTest
{
    private const string Create =
        """
        mutation ($input: CreateEventInput!) { createEvent(input: $input) { ...Event } }
        """;

    private static readonly object Input = new
    {
        title = "Denied",
        timezone = "America/Chicago",
        startsAt = "2099-09-15T18:00:00Z",
        currency = "usd",
    };

    [Fact]
    public async Task A_denied_mutation_has_no_effect()
    {
        var reader = await Org.CreateKeyAsync(livemode: false, Scope.EventsRead);
        var answer = await reader.AskAsync(
            $"{Create} fragment Event on Event {{ id }}", new { input = Input });
        answer.AssertRefused(403, "forbidden");
        Assert.Equal(0, await CountEventsAsync());
    }

    [Fact]
    public async Task The_write_scope_reads_its_own_resource_back()
    {
        var writer = await Org.CreateKeyAsync(livemode: false, Scope.EventsWrite);
        var data = await writer.DataAsync(
            $"{Create} fragment Event on Event {{ id title soldOut }}", new { input = Input });
        Assert.Equal("Denied", data["createEvent"]!["title"].Text());
    }

    [Theory]
    [InlineData("fragment Event on Event { id ticketTypes { totalCount } }")]
    [InlineData("fragment Event on Event { ... on Event { id ...Deep } } "
        + "fragment Deep on Event { ticketTypes { nodes { id } } }")]
    [InlineData("fragment Event on Event { id ...A ...B } fragment A on Event { title } "
        + "fragment B on Event { other: ticketTypes { nodes { id } } }")]
    public async Task A_mutation_without_the_scope_of_a_resource_that_it_reads_has_no_effect(
        string fragments)
    {
        var writer = await Org.CreateKeyAsync(livemode: false, Scope.EventsWrite);
        var answer = await writer.AskAsync($"{Create} {fragments}", new { input = Input });
        answer.AssertRefused(403, "forbidden");
        Assert.Contains("events:read", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, await CountEventsAsync());
    }

    [Fact]
    public async Task A_field_behind_an_interface_is_checked_too()
    {
        var id = await Org.Test.CreateEventAsync();
        var writer = await Org.CreateKeyAsync(livemode: false, Scope.EventsWrite);
        var answer = await writer.AskAsync(
            """query ($id: ID!) { node(id: $id) { ... on Event { ticketTypes { totalCount } } } }""",
            new { id });
        answer.AssertRefused(403, "forbidden");
    }

    private async Task<int> CountEventsAsync() =>
        (await Org.Test.DataAsync("{ events { totalCount } }"))["events"]!["totalCount"]!
            .GetValue<int>();
}
