using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.CheckIns;

public sealed class CheckInStatsTests : ApiTest
{
    private const string Query =
        """
        query ($id: ID!) { checkInStats(eventId: $id) {
          eventId total checkedIn lastScanAt ticketTypes { ticketTypeId name total checkedIn } } }
        """;

    [Fact]
    public async Task Stats_count_valid_and_checked_in_tickets_by_type()
    {
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var sold = await Org.Live.SellAsync(Host, count: 3);
        var second = await Org.Live.CreateTicketTypeAsync(sold.EventId, price: 0);
        (await Host.CheckoutAsync(Buying.Cart(sold.EventId, (second, 2)))).Checkout();
        await scanner.CheckInAsync(new { code = sold.Codes[0] });
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET status = 'refunded' WHERE ticket_code = $1", sold.Codes[1]);
        var last = await scanner.CheckInAsync(new { code = sold.Codes[1] });

        var stats = await StatsAsync(scanner, sold.EventId);
        Assert.Equal((4, 1), Counts(stats));
        Assert.Equal(last["scannedAt"].Text(), stats["lastScanAt"].Text());
        Assert.Equal([sold.TypeId, second], stats["ticketTypes"].Texts("ticketTypeId"));
        Assert.Equal((2, 1), Counts(stats["ticketTypes"]![0]!));
        Assert.Equal((2, 0), Counts(stats["ticketTypes"]![1]!));
    }

    [Fact]
    public async Task Stats_take_one_statement()
    {
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var sold = await Org.Live.SellAsync(Host);
        var (stats, few) = await CountAsync(scanner, sold.EventId);
        Assert.Equal((1, 0), Counts(stats.Data()["checkInStats"]!));
        var (_, none) = await StatementCounter.CountAsync(header => scanner.SendAsync(
            HttpMethod.Post, "/graphql", new { query = "{ __typename }" }, header));
        Assert.Equal(1, few - none);
    }

    [Fact]
    public async Task Stats_of_an_event_without_ticket_types_are_empty_and_of_an_unknown_one_not_found()
    {
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var stats = await StatsAsync(scanner, await Org.Live.CreateEventAsync());
        Assert.Equal((0, 0), Counts(stats));
        Assert.Null(stats["lastScanAt"]);
        Assert.Empty(stats["ticketTypes"]!.AsArray());
        var foreign = await Org.Test.CreateEventAsync();
        foreach (var id in new[] { foreign, "no id" })
            Assert.Equal("not_found", (await scanner.GraphQLAsync(Query, new { id })).ErrorCode);
    }

    private static Task<(ApiResponse Response, int Statements)> CountAsync(
        SessionClient scanner, string id) =>
        StatementCounter.CountAsync(header => scanner.SendAsync(
            HttpMethod.Post, "/graphql", new { query = Query, variables = new { id } }, header));

    private static async Task<JsonNode> StatsAsync(SessionClient scanner, string id) =>
        (await scanner.GraphQLAsync(Query, new { id })).Data()["checkInStats"]!;

    private static (int Total, int CheckedIn) Counts(JsonNode stats) =>
        (stats["total"]!.GetValue<int>(), stats["checkedIn"]!.GetValue<int>());
}
