using System.Globalization;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.CheckIns;

namespace Equaticket.Schema.Tests.Statistics;

/// <summary>Tickets and API requests by day.</summary>
public sealed class DailyStatisticsTests : ApiTest
{
    private const string Tickets = "query ($days: Int) { dailyTickets(days: $days) { day sold checkedIn } }";

    private const string Requests = "query ($days: Int) { dailyApiRequests(days: $days) { day requests errors } }";

    [Fact]
    public async Task Tickets_are_counted_on_their_days_in_the_callers_mode()
    {
        var manager = await Org.SignInAsync(Role.EventManager);
        var sold = await Org.Live.SellAsync(Host, count: 3);
        await Org.Test.SellAsync(Host, count: 2);
        await manager.CheckInAsync(new { code = sold.Codes[0] });
        await manager.CheckInAsync(new { code = sold.Codes[0] });
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET created_at = created_at - interval '2 days' WHERE ticket_code = $1", sold.Codes[1]);
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET created_at = created_at - interval '4 days' WHERE ticket_code = $1", sold.Codes[2]);
        var days = (await manager.GraphQLAsync(Tickets, new { days = 3 })).Data()["dailyTickets"]!.AsArray();
        Assert.Equal([(1, 0), (0, 0), (1, 1)], days.Select(day => Pair(day, "sold", "checkedIn")));
        Assert.Equal(
            (await Host.QuerySqlAsync<DateTime>(
                """
                SELECT date_trunc('day', now(), 'UTC') - before * interval '24 hours'
                FROM generate_series(2, 0, -1) AS before
                """)).Select(day => day.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            days.Select(day => day!["day"].Text()));
    }

    [Fact]
    public async Task Requests_are_counted_on_their_days_with_their_errors()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        await Org.Live.GetAsync("/api/v1/events");
        await Org.Live.GetAsync("/api/v1/events/none");
        await Org.Test.GetAsync("/api/v1/events");
        await Poll.UntilAsync(async () => (await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM api_requests WHERE organization_id = $1", Org.Organization.Id))[0] == 3);
        var days = (await admin.GraphQLAsync(Requests, new { days = 2 })).Data()["dailyApiRequests"]!.AsArray();
        Assert.Equal((2, 1), (days.Sum(day => Pair(day, "requests", "errors").Item1),
            days.Sum(day => Pair(day, "requests", "errors").Item2)));
    }

    [Fact]
    public async Task Each_takes_one_statement_and_has_thirty_days_unless_fewer_are_requested()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        foreach (var (query, field) in new[] { (Tickets, "dailyTickets"), (Requests, "dailyApiRequests") })
        {
            var (answer, some) = await StatementCounter.CountAsync(header => admin.SendAsync(
                HttpMethod.Post, "/graphql", new { query }, header));
            var (_, none) = await StatementCounter.CountAsync(header => admin.SendAsync(
                HttpMethod.Post, "/graphql", new { query = "{ __typename }" }, header));
            Assert.Equal((1, 30), (some - none, answer.Data()[field]!.AsArray().Count));
            Assert.Equal(("validation_error", "days"), Fault(await admin.GraphQLAsync(query, new { days = 31 })));
            Assert.Equal(("validation_error", "days"), Fault(await admin.GraphQLAsync(query, new { days = 0 })));
        }
    }

    [Fact]
    public async Task Keys_and_lower_roles_are_refused()
    {
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var manager = await Org.SignInAsync(Role.EventManager);
        Assert.Equal("forbidden", (await scanner.GraphQLAsync(Tickets)).ErrorCode);
        Assert.Equal("forbidden", (await manager.GraphQLAsync(Requests)).ErrorCode);
        Assert.Equal("forbidden", (await Org.Live.GraphQLAsync(Tickets)).ErrorCode);
        Assert.Equal("forbidden", (await Org.Live.GraphQLAsync(Requests)).ErrorCode);
    }

    [Fact]
    public async Task Upcoming_events_whose_sales_have_ended_are_listed_and_others_are_not()
    {
        var manager = await Org.SignInAsync(Role.EventManager);
        var ended = await Org.Live.SellAsync(Host);
        var onSale = await Org.Live.SellAsync(Host);
        var over = await Org.Live.SellAsync(Host);
        var oneLeft = await Org.Live.SellAsync(Host);
        await Org.Live.CreateTicketTypeAsync(oneLeft.EventId, price: 0);
        foreach (var type in new[] { ended.TypeId, over.TypeId, oneLeft.TypeId })
        {
            await Host.ExecuteSqlAsync(
                "UPDATE ticket_types SET sales_end_at = now() - interval '1 hour' WHERE id = $1", Guid.Parse(type));
        }

        await Host.ExecuteSqlAsync(
            "UPDATE events SET starts_at = now() - interval '1 hour' WHERE id = $1", Guid.Parse(over.EventId));
        Assert.NotEqual(onSale.EventId, ended.EventId);
        var (answer, statements) = await StatementCounter.CountAsync(header => manager.SendAsync(
            HttpMethod.Post, "/graphql", new { query = "{ eventsWithoutSales { nodes { id } } }" }, header));
        Assert.Equal([ended.EventId], answer.Data()["eventsWithoutSales"]!["nodes"].Texts("id"));
        var (_, none) = await StatementCounter.CountAsync(header => manager.SendAsync(
            HttpMethod.Post, "/graphql", new { query = "{ __typename }" }, header));
        Assert.Equal(1, statements - none);
    }

    private static (int, int) Pair(JsonNode? row, string first, string second) =>
        (row![first]!.GetValue<int>(), row[second]!.GetValue<int>());

    private static (string?, string?) Fault(ApiResponse response) => (response.ErrorCode, response.Param);
}
