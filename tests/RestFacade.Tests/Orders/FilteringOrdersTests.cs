namespace Equaticket.RestFacade.Tests.Orders;

public sealed class FilteringOrdersTests : ApiTest
{
    private const string Path = "/api/v1/orders";

    private string _eventId = "";
    private string _otherEventId = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _eventId = await SellAsync("ada@example.com", "Bob@Example.com");
        _otherEventId = await SellAsync("ada@example.com");
        await Host.ExecuteSqlAsync(
            """
            UPDATE orders SET status = CASE number WHEN 1002 THEN 'refunded' ELSE status END,
                created_at = timestamptz '2019-01-01Z' + (number - 1000) * interval '1 day',
                updated_at = timestamptz '2019-02-01Z' + (number - 1000) * interval '1 day'
            WHERE organization_id = $1
            """,
            Org.Organization.Id);
    }

    [Theory]
    [InlineData("", "EQ-1003", "EQ-1002", "EQ-1001")]
    [InlineData("status=confirmed", "EQ-1003", "EQ-1001")]
    [InlineData("status=refunded", "EQ-1002")]
    [InlineData("status=expired")]
    [InlineData("buyer_email=ada@example.com", "EQ-1003", "EQ-1001")]
    [InlineData("buyer_email=BOB@example.COM", "EQ-1002")]
    [InlineData("buyer_email=ada")]
    [InlineData("buyer_email=%25@example.com")]
    [InlineData("order_number=EQ-1002", "EQ-1002")]
    [InlineData("order_number=eq-1002", "EQ-1002")]
    [InlineData("order_number=1002")]
    [InlineData("order_number=EQ-01002")]
    [InlineData("order_number=EQ-1002x")]
    [InlineData("order_number=EQ--1002")]
    [InlineData("order_number=EQ-99999999999999999999")]
    [InlineData("created_after=2019-01-03T00:00:00Z", "EQ-1003", "EQ-1002")]
    [InlineData("created_before=2019-01-03T00:00:00Z", "EQ-1001")]
    [InlineData("created_after=2019-01-03T00:00:00Z&created_before=2019-01-04T00:00:00Z", "EQ-1002")]
    [InlineData("updated_since=2019-02-03T00:00:00Z", "EQ-1003", "EQ-1002")]
    [InlineData("updated_since=2019-02-03T00:00:00.000001Z", "EQ-1003")]
    [InlineData("updated_since=2019-02-01T00:00:00Z&status=refunded", "EQ-1002")]
    [InlineData("buyer_email=ada@example.com&status=refunded")]
    public async Task All_conditions_must_match(string query, params string[] numbers)
    {
        Assert.Equal(numbers, (await Org.Test.GetAsync($"{Path}?{query}")).Column("order_number"));
        Assert.Empty((await Org.Live.GetAsync($"{Path}?{query}")).Column("order_number"));
    }

    [Fact]
    public async Task The_event_can_be_a_condition_too()
    {
        Assert.Equal(["EQ-1002", "EQ-1001"], await NumbersAsync($"{Path}?event_id={_eventId}"));
        Assert.Equal(["EQ-1003"], await NumbersAsync($"/api/v1/events/{_otherEventId}/orders"));
        Assert.Equal(
            ["EQ-1001"],
            await NumbersAsync($"/api/v1/events/{_eventId}/orders?buyer_email=ada@example.com"));
        Assert.Empty(await NumbersAsync($"/api/v1/events/{_eventId}/orders?event_id={_otherEventId}"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0199d0f0-0000-7000-8000-000000000001")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task An_unknown_or_malformed_id_finds_nothing(string id) =>
        Assert.Empty(await NumbersAsync($"{Path}?event_id={id}"));

    [Theory]
    [InlineData("status=paid", "status", "pending, confirmed, partially_refunded, refunded, expired, failed")]
    [InlineData("created_after=2019-01-03", "created_after", "offset")]
    [InlineData("updated_since=yesterday", "updated_since", "")]
    [InlineData("email=ada@example.com", "email", "")]
    [InlineData("buyer_email=", "buyer_email", "")]
    [InlineData("buyer_email=a%00", "buyer_email", "")]
    [InlineData("order_number=EQ-1&order_number=EQ-1", "order_number", "once")]
    public async Task A_filter_that_cannot_be_read_is_refused(string query, string param, string saying)
    {
        foreach (var path in new[] { Path, $"/api/v1/events/{_eventId}/orders" })
            (await Org.Test.GetAsync($"{path}?{query}")).AssertRefused("validation_error", param, saying);
    }

    private async Task<IReadOnlyList<string?>> NumbersAsync(string path) =>
        (await Org.Test.GetAsync(path)).Column("order_number");

    private async Task<string> SellAsync(params string[] buyers)
    {
        var id = await Org.Test.CreatePublishedEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(id);
        foreach (var buyer in buyers)
            await Host.SellAsync(Org.Test, id, typeId, (1, "A buyer", buyer));
        return id;
    }
}
