namespace Equaticket.RestFacade.Tests.Attendees;

public sealed class FilteringAttendeesTests : ApiTest
{
    private const string Path = "/api/v1/attendees";

    private Sale _first = null!;
    private Sale _second = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var id = await Org.Test.CreatePublishedEventAsync();
        _first = await SellAsync(id, "Ada", "Ada@Example.com");
        _second = await SellAsync(id, "Bob", "bob@example.com");
        await Host.ExecuteSqlAsync(
            """
            UPDATE attendees SET checked_in_at = CASE name WHEN 'Ada' THEN now() END,
                status = CASE name WHEN 'Bob' THEN 'void' ELSE status END,
                ticket_code = CASE name WHEN 'Ada' THEN 'ADAADA22' ELSE 'BBBBBB22' END,
                created_at = timestamptz '2019-01-01Z' + (order_number - 1000) * interval '1 day',
                updated_at = timestamptz '2019-02-01Z' + (order_number - 1000) * interval '1 day'
            WHERE organization_id = $1
            """,
            Org.Organization.Id);
    }

    [Theory]
    [InlineData("", "Bob", "Ada")]
    [InlineData("checked_in=true", "Ada")]
    [InlineData("checked_in=false", "Bob")]
    [InlineData("status=valid", "Ada")]
    [InlineData("status=void", "Bob")]
    [InlineData("status=refunded")]
    [InlineData("email=ada@example.com", "Ada")]
    [InlineData("email=BOB@EXAMPLE.com", "Bob")]
    [InlineData("email=example.com")]
    [InlineData("ticket_code=ADAADA22", "Ada")]
    [InlineData("ticket_code=adaada22", "Ada")]
    [InlineData("ticket_code=ADAADA")]
    [InlineData("created_after=2019-01-03T00:00:00Z", "Bob")]
    [InlineData("created_before=2019-01-03T00:00:00Z", "Ada")]
    [InlineData("updated_since=2019-02-03T00:00:00Z", "Bob")]
    [InlineData("updated_since=2019-02-01T00:00:00Z&checked_in=true", "Ada")]
    [InlineData("checked_in=true&status=void")]
    public async Task All_conditions_must_match(string query, params string[] names)
    {
        Assert.Equal(names, (await Org.Test.GetAsync($"{Path}?{query}")).Column("name"));
        Assert.Empty((await Org.Live.GetAsync($"{Path}?{query}")).Column("name"));
    }

    [Fact]
    public async Task Event_order_and_ticket_type_can_be_conditions_too()
    {
        Assert.Equal(["Bob", "Ada"], await NamesAsync($"{Path}?event_id={_first.Order["event_id"]}"));
        Assert.Equal(["Ada"], await NamesAsync($"{Path}?order_id={_first.OrderId}"));
        Assert.Equal(["Bob"], await NamesAsync($"{Path}?ticket_type_id={TypeOf(_second)}"));
        Assert.Empty(
            await NamesAsync($"{Path}?order_id={_first.OrderId}&ticket_type_id={TypeOf(_second)}"));
        Assert.Equal(
            ["Ada"],
            await NamesAsync($"/api/v1/events/{_first.Order["event_id"]}/attendees?checked_in=true"));
    }

    [Theory]
    [InlineData("event_id")]
    [InlineData("order_id")]
    [InlineData("ticket_type_id")]
    public async Task An_unknown_or_malformed_id_finds_nothing(string filter)
    {
        foreach (var id in new[] { "nonsense", "0199d0f0-0000-7000-8000-000000000001", _first.AttendeeId })
            Assert.Empty(await NamesAsync($"{Path}?{filter}={id}"));
    }

    [Theory]
    [InlineData("status=used", "status", "valid, refunded, void")]
    [InlineData("checked_in=yes", "checked_in", "true or false")]
    [InlineData("checked_in=1", "checked_in", "true or false")]
    [InlineData("created_before=2019-01-03T00:00:00", "created_before", "offset")]
    [InlineData("buyer_email=ada@example.com", "buyer_email", "")]
    [InlineData("ticket_code=%00", "ticket_code", "")]
    public async Task A_filter_that_cannot_be_read_is_refused(string query, string param, string saying) =>
        (await Org.Test.GetAsync($"{Path}?{query}")).AssertRefused("validation_error", param, saying);

    private async Task<IReadOnlyList<string?>> NamesAsync(string path) =>
        (await Org.Test.GetAsync(path)).Column("name");

    private async Task<Sale> SellAsync(string eventId, string name, string email) =>
        await Host.SellAsync(
            Org.Test, eventId, await Org.Test.CreateTicketTypeAsync(eventId), (1, name, email));

    private static string TypeOf(Sale sale) => (string)sale.Tickets[0]!["ticket_type_id"]!;
}
