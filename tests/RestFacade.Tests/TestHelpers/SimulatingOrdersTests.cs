namespace Equaticket.RestFacade.Tests.TestHelpers;

public sealed class SimulatingOrdersTests : ApiTest
{
    private const string Path = "/api/v1/test-helpers/orders";

    private string _eventId = "";
    private string _typeId = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _eventId = await Org.Test.CreateEventAsync();
        _typeId = await Org.Test.CreateTicketTypeAsync(_eventId);
        (await Org.Test.PostAsync($"/api/v1/events/{_eventId}/publish")).AssertStatus(200);
    }

    [Fact]
    public async Task A_simulated_order_is_confirmed_and_found_at_its_location()
    {
        var response = await Org.Test.PostAsync(Path, Body(2));
        response.MatchSnapshot();
        var found = await Org.Test.GetAsync(response.Header("Location")!);
        Assert.Equal(response.Body, found.AssertStatus(200).Body);
        Assert.Equal((2, 98), await StockAsync());
    }

    [Fact]
    public async Task A_failed_payment_leaves_a_failed_order_and_the_stock_unchanged()
    {
        var body = Body(2);
        body["payment"] = "fails";
        (await Org.Test.PostAsync(Path, body)).MatchSnapshot();
        Assert.Equal((0, 100), await StockAsync());
    }

    [Fact]
    public async Task A_free_order_can_fail_too()
    {
        var free = await Org.Test.CreateTicketTypeAsync(_eventId, price: 0);
        var body = Body(1, free);
        body["payment"] = "fails";
        var failed = (await Org.Test.PostAsync(Path, body)).AssertStatus(201);
        Assert.Equal("failed", failed.Text("status"));
        body["payment"] = "succeeds";
        Assert.Equal("confirmed", (await Org.Test.PostAsync(Path, body)).Text("status"));
    }

    [Fact]
    public async Task Too_few_tickets_are_unprocessable_with_the_number_left()
    {
        var scarce = await Org.Test.CreateTicketTypeAsync(_eventId, total: 3);
        (await Org.Test.PostAsync(Path, Body(4, scarce))).AssertRefused(
            "unprocessable", "items[0].quantity", "3 of \"General Admission\" are left.");
    }

    [Fact]
    public async Task The_rules_of_checkout_apply()
    {
        (await Org.Test.PostAsync(Path, Body(11))).AssertRefused(
            "unprocessable", "items[0].quantity", "can have 1 to 10 tickets");
        var draft = Body(1);
        draft["event_id"] = await Org.Test.CreateEventAsync();
        draft["items"] = new[]
        {
            new { ticket_type_id = await Org.Test.CreateTicketTypeAsync((string)draft["event_id"]!), quantity = 1 },
        };
        (await Org.Test.PostAsync(Path, draft)).AssertRefused(
            "unprocessable", param: null, "not published");
        await Org.Test.PostAsync($"/api/v1/events/{_eventId}/cancel");
        (await Org.Test.PostAsync(Path, Body(1))).AssertRefused(
            "unprocessable", param: null, "cancelled");
    }

    [Theory]
    [InlineData("payment", "maybe", "payment")]
    [InlineData("buyer_email", "nobody", "buyer_email")]
    [InlineData("buyer_name", null, "buyer_name")]
    [InlineData("items", "one", "items")]
    [InlineData("colour", "red", "colour")]
    public async Task Invalid_input_is_reported_by_name(string field, string? value, string param)
    {
        var body = Body(1);
        body[field] = value;
        (await Org.Test.PostAsync(Path, body)).AssertRefused("validation_error", param);
    }

    [Fact]
    public async Task Invalid_items_are_reported_by_index()
    {
        await AssertItemRefusedAsync(new { ticket_type_id = _typeId }, "items[0].quantity");
        await AssertItemRefusedAsync(
            new { ticket_type_id = _typeId, quantity = 0 }, "items[0].quantity");
        await AssertItemRefusedAsync(
            new { ticket_type_id = _typeId, quantity = "1" }, "items[0].quantity");
        await AssertItemRefusedAsync(
            new { ticket_type_id = _typeId, quantity = 1, seat = 4 }, "items[0].seat");
    }

    [Fact]
    public async Task Foreign_ids_are_not_found()
    {
        var other = await Host.CreateOrganizationAsync();
        foreach (var stranger in new[] { other.Test, Org.Live })
        {
            var eventId = await stranger.CreatePublishedEventAsync();
            var typeId = await stranger.CreateTicketTypeAsync(eventId);
            (await Org.Test.PostAsync(Path, Body(1, typeId))).AssertRefused(
                "not_found", "items[0].ticket_type_id");
            var body = Body(1, typeId);
            body["event_id"] = eventId;
            (await Org.Test.PostAsync(Path, body)).AssertRefused("not_found", "event_id");
        }
    }

    [Fact]
    public async Task A_live_key_is_forbidden() =>
        (await Org.Live.PostAsync(Path, Body(1))).AssertRefused(
            "forbidden", saying: "test key");

    [Fact]
    public async Task The_same_key_buys_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Org.Test.SendAsync(
            HttpMethod.Post, Path, Body(1), ("Idempotency-Key", "once"))));
        Assert.Contains(answers, answer => answer.Status == 201);
        Assert.All(answers, answer => Assert.True(answer.Status is 201 or 409, answer.Body));
        Assert.Equal((1, 99), await StockAsync());
    }

    private async Task AssertItemRefusedAsync(object item, string param)
    {
        var body = Body(1);
        body["items"] = new[] { item };
        (await Org.Test.PostAsync(Path, body)).AssertRefused("validation_error", param);
    }

    private Dictionary<string, object?> Body(int quantity, string? typeId = null) => new()
    {
        ["event_id"] = _eventId,
        ["buyer_name"] = "Ada Lovelace",
        ["buyer_email"] = "ada@example.com",
        ["items"] = new[] { new { ticket_type_id = typeId ?? _typeId, quantity } },
    };

    private async Task<(int Sold, int Available)> StockAsync()
    {
        var type = await Org.Test.GetAsync($"/api/v1/events/{_eventId}/ticket-types/{_typeId}");
        return ((int)type.Json!["quantity_sold"]!, (int)type.Json["quantity_available"]!);
    }
}
