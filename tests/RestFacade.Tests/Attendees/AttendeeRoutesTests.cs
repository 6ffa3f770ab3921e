using Equaticket.Persistence.ApiKeys;

namespace Equaticket.RestFacade.Tests.Attendees;

/// <summary>The complete response of each attendee route.</summary>
public sealed class AttendeeRoutesTests : ApiTest
{
    [Fact]
    public async Task GET_attendee_shows_one()
    {
        var sale = await SellAsync(quantity: 1);
        (await Org.Test.GetAsync($"/api/v1/attendees/{sale.AttendeeId}")).MatchSnapshot();
    }

    [Fact]
    public async Task GET_attendees_lists_newest_first()
    {
        await SellAsync(quantity: 3);
        (await Org.Test.GetAsync("/api/v1/attendees?limit=1")).MatchSnapshot();
    }

    [Fact]
    public async Task GET_attendees_of_an_event_lists_only_those()
    {
        var (mine, other) = (await SellAsync(quantity: 2), await SellAsync(quantity: 1));
        var list = await Org.Test.GetAsync($"/api/v1/events/{mine.Order["event_id"]}/attendees");
        Assert.Equal(mine.Tickets.Select(ticket => (string?)ticket!["id"]), list.Column("id"));
        Assert.DoesNotContain(other.AttendeeId, list.Column("id"));
    }

    [Fact]
    public async Task GET_attendee_is_304_until_it_changes()
    {
        var path = $"/api/v1/attendees/{(await SellAsync(quantity: 1)).AttendeeId}";
        var tag = (await Org.Test.GetAsync(path)).Header("ETag")!;
        (await ReadAgainAsync(path, tag)).AssertStatus(304);
        await Host.ExecuteSqlAsync(
            """
            UPDATE attendees SET checked_in_at = '2019-01-01T20:00:00Z', version = 2
            WHERE organization_id = $1
            """,
            Org.Organization.Id);
        var changed = (await ReadAgainAsync(path, tag)).AssertStatus(200);
        Assert.True((bool)changed.Json!["checked_in"]!);
        Assert.Equal("2019-01-01T20:00:00.000Z", changed.Text("checked_in_at"));
        Assert.Matches("^\"2-", changed.Header("ETag"));
    }

    [Fact]
    public async Task Each_list_requires_only_its_own_scope()
    {
        var sale = await SellAsync(quantity: 1);
        var ofEvent = $"/api/v1/events/{sale.Order["event_id"]}";
        string[] orders = ["/api/v1/orders", $"/api/v1/orders/{sale.OrderId}", $"{ofEvent}/orders"];
        string[] attendees =
            ["/api/v1/attendees", $"/api/v1/attendees/{sale.AttendeeId}", $"{ofEvent}/attendees"];
        await AssertAllowsAsync(Scope.OrdersRead, orders, attendees);
        await AssertAllowsAsync(Scope.AttendeesRead, attendees, orders);
        await AssertAllowsAsync(Scope.EventsRead, [ofEvent], [.. orders, .. attendees]);
    }

    private async Task AssertAllowsAsync(Scope scope, string[] allowed, string[] refused)
    {
        var key = await Org.CreateKeyAsync(livemode: false, scope);
        foreach (var path in allowed)
            (await key.GetAsync(path)).AssertStatus(200);
        foreach (var path in refused)
            (await key.GetAsync(path)).AssertRefused("forbidden");
    }

    private async Task<Sale> SellAsync(int quantity)
    {
        var id = await Org.Test.CreatePublishedEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(id, price: 1200);
        return await Host.SellAsync(Org.Test, id, typeId, (quantity, "Ada Lovelace", "Ada@Example.com"));
    }

    private Task<ApiResponse> ReadAgainAsync(string path, string tag) =>
        Org.Test.SendAsync(HttpMethod.Get, path, body: null, ("If-None-Match", tag));
}
