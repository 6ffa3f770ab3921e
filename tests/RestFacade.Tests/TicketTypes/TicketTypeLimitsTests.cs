namespace Equaticket.RestFacade.Tests.TicketTypes;

public sealed class TicketTypeLimitsTests : ApiTest
{
    private string _path = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _path = $"/api/v1/events/{await Org.Live.CreateEventAsync()}/ticket-types";
    }

    [Theory]
    [InlineData("price", 0, 99_999_999)]
    [InlineData("quantity_total", 1, 1_000_000)]
    [InlineData("max_per_order", 1, 100)]
    [InlineData("min_per_order", 1, 10)]
    [InlineData("position", 0, 1000)]
    public async Task A_number_has_limits_on_create_and_on_update(string name, int min, int max)
    {
        var id = await CreateAsync("name", "Bounds");
        foreach (var allowed in new[] { min, max })
        {
            (await PostAsync(name, allowed)).AssertStatus(201);
            (await PatchAsync(id.Id, name, allowed)).AssertStatus(200);
        }

        foreach (var refused in new[] { min - 1, max + 1 })
        {
            (await PostAsync(name, refused)).AssertRefused("validation_error", name);
            (await PatchAsync(id.Id, name, refused)).AssertRefused("validation_error", name);
        }
    }

    [Theory]
    [InlineData("2500.0")]
    [InlineData("2.5e3")]
    [InlineData("\"2500\"")]
    [InlineData("true")]
    [InlineData("[2500]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    public async Task A_price_is_written_as_a_whole_number(string price) =>
        (await Org.Live.PostAsync(_path, $$"""{"name": "A", "price": {{price}}}"""))
            .AssertRefused("validation_error", "price");

    [Fact]
    public async Task Create_requires_name_and_price_and_has_defaults_for_the_rest()
    {
        (await Org.Live.PostAsync(_path, """{"price": 1}"""))
            .AssertRefused("validation_error", "name");
        (await Org.Live.PostAsync(_path, """{"name": "A"}"""))
            .AssertRefused("validation_error", "price");
        var created = (await Org.Live.PostAsync(_path, """{"name": " A ", "price": 1}"""))
            .AssertStatus(201).Json!;
        Assert.Equal("A", (string?)created["name"]);
        Assert.Equal("usd", (string?)created["currency"]);
        Assert.Equal(10, (int?)created["max_per_order"]);
        Assert.Equal(1, (int?)created["min_per_order"]);
        Assert.Null(created["quantity_total"]);
        Assert.Null(created["quantity_available"]);
    }

    [Theory]
    [InlineData("name", 200)]
    [InlineData("description", 5000)]
    public async Task A_text_may_not_exceed_its_maximum_length(string name, int max)
    {
        (await PostAsync(name, new string('x', max))).AssertStatus(201);
        (await PostAsync(name, new string('x', max + 1))).AssertRefused("validation_error", name);
    }

    [Fact]
    public async Task The_limits_per_order_do_not_contradict_each_other()
    {
        var body = Seed.TicketTypeBody();
        (body["min_per_order"], body["max_per_order"]) = (5, 4);
        (await Org.Live.PostAsync(_path, body)).AssertRefused("validation_error", "min_per_order");
        var id = await CreateAsync("max_per_order", 4);
        (await PatchAsync(id.Id, "min_per_order", 5)).AssertRefused("validation_error", "min_per_order");
        (await PatchAsync(id.Id, "min_per_order", 4)).AssertStatus(200);
        (await PatchAsync(id.Id, "max_per_order", 3))
            .AssertRefused("validation_error", "max_per_order", "below min_per_order, which is 4");
    }

    [Fact]
    public async Task Sales_must_end_after_they_start()
    {
        var body = Seed.TicketTypeBody();
        (body["sales_start_at"], body["sales_end_at"]) = ("2099-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
        (await Org.Live.PostAsync(_path, body)).AssertRefused("validation_error", "sales_end_at");
        body["sales_end_at"] = "2099-01-01T00:00:00.000001Z";
        var id = (await Org.Live.PostAsync(_path, body)).AssertStatus(201).Id;
        foreach (var (name, time) in new[]
        {
            ("sales_start_at", "2099-01-01T00:00:00.000001Z"), ("sales_end_at", "2099-01-01T00:00:00Z"),
        })
        {
            (await PatchAsync(id, name, time)).AssertRefused("validation_error", name);
        }
    }

    [Fact]
    public async Task The_currency_must_be_the_events()
    {
        (await PostAsync("currency", "eur")).AssertRefused("unprocessable", "currency");
        (await PostAsync("currency", "EUR")).AssertRefused("validation_error", "currency");
        var id = await CreateAsync("currency", "usd");
        (await PatchAsync(id.Id, "currency", "eur")).AssertRefused("unprocessable", "currency");
        (await PatchAsync(id.Id, "currency", "usd")).AssertStatus(200);
    }

    private async Task<ApiResponse> CreateAsync(string name, object value) =>
        (await PostAsync(name, value)).AssertStatus(201);

    private Task<ApiResponse> PostAsync(string name, object value)
    {
        var body = Seed.TicketTypeBody();
        body[name] = value;
        return Org.Live.PostAsync(_path, body);
    }

    private Task<ApiResponse> PatchAsync(string id, string name, object value) =>
        Org.Live.PatchAsync($"{_path}/{id}", new Dictionary<string, object> { [name] = value });
}
