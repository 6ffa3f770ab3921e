using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Schema.Tests.Orders;

/// <summary>Fields between events, ticket types, orders and attendees, and their access rules.</summary>
public sealed class OrderLinksTests : ApiTest
{
    [Fact]
    public async Task Every_link_leads_to_the_sold_tickets()
    {
        var (eventId, typeId, sale) = await SellAsync();
        var data = await Org.Test.DataAsync(
            """
            query ($event: ID!, $type: ID!, $order: ID!, $attendee: ID!) {
              event(id: $event) {
                orders { totalCount nodes { id } } attendees(first: 1) { totalCount nodes { id } }
              }
              ticketType(id: $type) { event { id } attendees(first: 1) { totalCount nodes { id } } }
              order(id: $order) { event { id } attendees(first: 1) { totalCount nodes { id } } }
              attendee(id: $attendee) { event { id } ticketType { id } order { id } }
            }
            """,
            new { @event = eventId, type = typeId, order = sale.OrderId, attendee = sale.AttendeeId });
        var attendees = $$"""{"totalCount":2,"nodes":[{"id":"{{sale.AttendeeId}}"}]}""";
        var orders = $$"""{"totalCount":1,"nodes":[{"id":"{{sale.OrderId}}"}]}""";
        Assert.Equal(
            $$"""{"orders":{{orders}},"attendees":{{attendees}}}""", data["event"]!.ToJsonString());
        Assert.Equal(
            $$"""{"event":{"id":"{{eventId}}"},"attendees":{{attendees}}}""",
            data["ticketType"]!.ToJsonString());
        Assert.Equal(
            $$"""{"event":{"id":"{{eventId}}"},"attendees":{{attendees}}}""",
            data["order"]!.ToJsonString());
        var attendee = data["attendee"]!;
        Assert.Equal(
            (eventId, typeId, sale.OrderId),
            (attendee["event"]!["id"].Text(), attendee["ticketType"]!["id"].Text(),
                attendee["order"]!["id"].Text()));
    }

    [Theory]
    [InlineData(Scope.OrdersRead, "{ orders { nodes { id lineItems { name } refunds { id } payment { status } } } }")]
    [InlineData(Scope.AttendeesRead, "{ attendees { nodes { id orderNumber } } }")]
    public async Task The_scope_of_a_list_gives_access_to_its_own_fields(Scope scope, string query)
    {
        await SellAsync();
        var key = await Org.CreateKeyAsync(livemode: false, scope);
        await key.DataAsync(query);
    }

    [Theory]
    [InlineData(Scope.OrdersRead, "{ orders { nodes { attendees { totalCount } } } }")]
    [InlineData(Scope.OrdersRead, "{ orders { nodes { event { id } } } }")]
    [InlineData(Scope.AttendeesRead, "{ attendees { nodes { order { id } } } }")]
    [InlineData(Scope.AttendeesRead, "{ attendees { nodes { event { id } } } }")]
    [InlineData(Scope.AttendeesRead, "{ attendees { nodes { ticketType { id } } } }")]
    [InlineData(Scope.EventsRead, "{ events { nodes { orders { totalCount } } } }")]
    [InlineData(Scope.EventsRead, "{ events { nodes { attendees { totalCount } } } }")]
    [InlineData(Scope.EventsRead, "{ events { nodes { ticketTypes { nodes { attendees { totalCount } } } } } }")]
    public async Task A_field_that_leads_to_another_resource_requires_its_scope(
        Scope scope, string query)
    {
        var key = await Org.CreateKeyAsync(livemode: false, scope);
        (await key.AskAsync(query)).AssertRefused(403, "forbidden");
    }

    private async Task<(string EventId, string TicketTypeId, Sale Sale)> SellAsync()
    {
        var id = await Org.Test.CreatePublishedEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(id);
        return (id, typeId, await Host.SellAsync(Org.Test, id, typeId, (2, "Ada", "ada@example.com")));
    }
}
